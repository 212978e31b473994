"""Data to typed records: what the schema finds wrong, in our sentences, and what can be read all the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from macros.reading.documents import Document, Location, Problem, nearest, quoted, suggestion
from macros.reading.shapes import Shape, partial, shape_at
from macros.schema.base import Record
from macros.schema.words import ELSEWHERE, OTHER_NAMES

ModelT = TypeVar("ModelT", bound=Record)

Detail = dict[str, Any]
"""An error as pydantic reports it, with its place in the document."""


@dataclass(frozen=True, slots=True)
class Validated(Generic[ModelT]):
    """A document against its schema: the record if all is right, and in any case what can be read of it."""

    record: ModelT | None
    """None if anything in the file is wrong."""
    readable: ModelT | None
    """The record as far as it can be read, for rules to look at; None if the file could not be read at all."""
    document: Document
    """The document, with misspelt keys under the names that were meant."""
    refused: frozenset[Location]
    """The places of what is wrong or missing."""
    problems: tuple[Problem, ...]

    def reads(self, where: Location) -> bool:
        """Return whether what is at `where` could be read: neither it nor anything around it was refused."""
        return not within(where, self.refused)


def within(where: Location, places: Collection[Location]) -> bool:
    """Return whether `where` is one of the places, or below one of them."""
    return any(where[:length] in places for length in range(len(where) + 1))


def validate(model: type[ModelT], document: Document) -> Validated[ModelT]:
    """Return what the document states as a record of the model, and everything that is wrong with its form."""
    if document.problems and document.data is None:
        return Validated(None, None, document, frozenset(), ())
    if not isinstance(document.data, dict):
        problem = document.problem((), "The file must be a mapping of keys to values, such as name: Django.")
        return Validated(None, None, document, frozenset(), (problem,))
    try:
        record = model.model_validate(document.data, by_name=False)
        return Validated(record, record, document, _unread(document), ())
    except ValidationError:
        pass
    document, problems, errors = _with_the_keys_meant(model, document)
    unread = _unread(document)
    refused = unread | frozenset(error["loc"] for error in errors if error["type"] != "extra_forbidden")
    problems += [_explain(model, document, error) for error in errors if not within(error["loc"], unread)]
    return Validated(None, partial(model, document.data, refused), document, refused, tuple(problems))


def _unread(document: Document) -> frozenset[Location]:
    """Return the places of values that YAML itself could not read as meant."""
    return frozenset(problem.where for problem in document.problems if problem.where is not None)


def _errors(model: type[Record], document: Document) -> list[Detail]:
    """Return what pydantic finds, each at its place in the document and once."""
    try:
        model.model_validate(document.data, by_name=False)
    except ValidationError as error:
        found: list[Detail] = [dict(detail) for detail in error.errors(include_url=False)]
        return [{**detail, "loc": _place(document, detail["loc"])} for detail in found if not _is_repeated(detail)]
    return []


def _is_repeated(detail: Detail) -> bool:
    """A list of wrong items is reported as too short as well, and a wrong criterion as not being text."""
    if detail["type"] == "too_short":
        return len(detail["input"]) >= int(detail["ctx"]["min_length"])
    return detail["type"] == "string_type" and len(detail["loc"]) > 1 and detail["loc"][-1] == "str"


def _place(document: Document, loc: Location) -> Location:
    """Return the place without the names of types, which pydantic adds where it has tried several."""
    kept: Location = ()
    for step in loc:
        is_type = step in ("Criterion", "str") and bool(kept) and isinstance(kept[-1], int)
        if not is_type or (*kept, step) in document.positions:
            kept = (*kept, step)
    return kept


def _with_the_keys_meant(model: type[Record], document: Document) -> tuple[Document, list[Problem], list[Detail]]:
    """Rename misspelt keys, a level at a time, so that what is below them is read as well."""
    problems: list[Problem] = []
    while True:
        errors = _errors(model, document)
        renames: dict[Location, str] = {}
        for error in errors:
            where = error["loc"]
            # A mapping in place of a list is read as its only item: its keys do not stand where the error says.
            if error["type"] == "extra_forbidden" and where[-1] in document.keys(where[:-1]):
                meant = _meant(str(where[-1]), shape_at(model, where[:-1]))
                taken = {*document.keys(where[:-1]), *(new for old, new in renames.items() if old[:-1] == where[:-1])}
                if meant and meant not in taken:
                    renames[where] = meant
        if not renames:
            return document, problems, errors
        problems += [_explain(model, document, error) for error in errors if error["loc"] in renames]
        document = document.renamed(renames)


def _meant(key: str, shape: Shape | None) -> str | None:
    """Return the key that was meant, by the table of other names or by its letters, or None."""
    keys = shape.keys if shape else ()
    plain = key.lower().replace("_", "-")
    if plain in ELSEWHERE and "evidence" in keys:
        return None
    if OTHER_NAMES.get(plain) in keys:
        return OTHER_NAMES[plain]
    return nearest(plain, keys)


def _extra(document: Document, where: Location, shape: Shape | None) -> Problem:
    name, keys = str(where[-1]), shape.keys if shape else ()
    said = f"{' '.join(name.split())} is not a key here."
    meant = _meant(name, shape)
    if meant is None and name.lower() in ELSEWHERE and "evidence" in keys:
        return document.problem(where, f"{said} {ELSEWHERE[name.lower()]}")
    guess = f" Did you mean {meant}?" if meant else ""
    return document.problem(where, f"{said}{guess} Keys are {', '.join(keys)}.")


def _explain(model: type[Record], document: Document, detail: Detail) -> Problem:
    """Return pydantic's finding as one of our sentences: the value, the choices, the cure."""
    where: Location = detail["loc"]
    name = next((" ".join(step.split()) for step in reversed(where) if isinstance(step, str)), "The file")
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    shown = str(document.raw.get(where, document.raw.get(where[:-1], given if isinstance(given, str) else "")))
    if kind == "missing" and isinstance(where[-1], int):
        return document.problem(where, f"{name} needs another value. Add it.")
    if kind == "missing":
        return document.problem(where, f"{name} is missing. Add it.")
    if kind == "extra_forbidden":
        return _extra(document, where, shape_at(model, where[:-1]))
    if kind == "value_error":
        return document.problem(where, f"{name} {quoted(shown)} {context['error']}")
    if kind == "literal_error":
        shape = shape_at(model, where)
        choices = shape.choices if shape else ()
        guess = suggestion(shown, choices)
        return document.problem(where, f"{name} must be one of {', '.join(choices)}; not {quoted(shown)}.{guess}")
    if kind == "string_type" and isinstance(given, int | float | date):
        return document.problem(where, f"{name} must be text. Put it in quotes: {quoted(shown)}.")
    if kind.startswith("date"):
        return document.problem(where, f"{name} {quoted(shown)} is not a date. Write it as 2026-11-20, without quotes.")
    if kind == "string_too_short" and context["min_length"] == 1:
        return document.problem(where, f"{name} is empty. Write something or remove the line.")
    said, cure = _SENTENCES.get(kind, (detail["msg"], "Correct it."))
    return document.problem(where, f"{name} {said.format(**context)}{_but(document, where, kind)}. {cure}")


def _but(document: Document, where: Location, kind: str) -> str:
    """Return what was written, where a number is out of its range or is not one."""
    shown = document.raw.get(where, document.raw.get(where[:-1], ""))
    return f", not {quoted(shown)}" if shown and kind in _WITH_VALUE else ""


_WITH_VALUE = {
    "greater_than",
    "greater_than_equal",
    "less_than",
    "less_than_equal",
    "finite_number",
    "int_type",
    "float_type",
    "tuple_type",
    "model_type",
    "dict_type",
}

_LIST = ("must be a list", "Start each item with a hyphen.")
_MAPPING = ("must be a mapping of keys to values", "Write key: value.")
_NUMBER = "Correct the number."
_SENTENCES = {
    "string_type": ("must be text", "Write a word or a sentence."),
    "string_too_long": ("is longer than {max_length} characters", "Shorten it."),
    "string_too_short": ("is shorter than {min_length} characters", "Say a little more."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "too_short": ("needs {min_length} or more items", "Add some, or remove the line."),
    "too_long": ("may have {max_length} items at most", "Remove some."),
    "int_type": ("must be a whole number", "Write it without quotes, such as 3."),
    "float_type": ("must be a number", "Write it without quotes, such as 0.5."),
    "finite_number": ("must be a finite number", _NUMBER),
    "greater_than": ("must be greater than {gt:g}", _NUMBER),
    "greater_than_equal": ("must be {ge:g} or more", _NUMBER),
    "less_than": ("must be less than {lt:g}", _NUMBER),
    "less_than_equal": ("must be {le:g} or less", _NUMBER),
}
