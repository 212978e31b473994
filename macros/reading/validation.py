"""Data to typed records: what the schema finds wrong, in our sentences."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros.reading.documents import Document, Location, Problem, quoted, suggestion
from macros.schema.base import Record

ModelT = TypeVar("ModelT", bound=Record)


def validate(model: type[ModelT], document: Document) -> tuple[ModelT | None, list[Problem]]:
    """Return the record that the document states, or None, and everything that keeps it from being one."""
    data = document.data
    if document.problems and data is None:
        return None, []
    if not isinstance(data, dict):
        return None, [document.problem((), "The file must be a mapping of keys to values, such as name: Django.")]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        reported = {(problem.line, problem.column) for problem in document.problems}
        found = [dict(detail) for detail in error.errors(include_url=False)]
        explained = [(d["type"], _explain(model, document, d)) for d in found if not _is_told_already(document, d)]
        return None, [p for kind, p in explained if kind == "missing" or (p.line, p.column) not in reported]


def _is_told_already(document: Document, detail: dict[str, Any]) -> bool:
    """A list of wrong items is reported as too short as well, and a wrong criterion as no text."""
    if detail["type"] == "too_short":
        return len(detail["input"]) >= int(detail["ctx"]["min_length"])
    where: Location = detail["loc"]
    return bool(where) and where[-1] == "str" and where not in document.positions


def _explain(model: type[Record], document: Document, detail: dict[str, Any]) -> Problem:
    """Return pydantic's finding as one of our sentences: the value, the choices, the cure."""
    where: Location = tuple(detail["loc"])
    name = next((" ".join(step.split()) for step in reversed(where) if isinstance(step, str)), "The file")
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    shown = document.raw.get(where, document.raw.get(where[:-1], given if isinstance(given, str) else ""))
    if kind == "missing":
        return document.problem(where[:-1], f"{name} is missing. Add it.")
    if kind == "extra_forbidden":
        keys = sorted(_keys_at(model, where[:-1]))
        return document.problem(where, f"{name} is not a key here.{suggestion(name, keys)} Keys are {', '.join(keys)}.")
    if kind == "value_error":
        return document.problem(where, f"{name} {quoted(str(shown))} {context['error']}")
    if kind == "literal_error":
        choices = re.findall("'(.+?)'", context["expected"])
        guess = suggestion(str(shown), choices)
        return document.problem(where, f"{name} must be one of {', '.join(choices)}; not {quoted(str(shown))}.{guess}")
    if kind == "string_type" and isinstance(given, int | float | date):
        return document.problem(
            where, f"{name} is a number or a date where text is meant. Put it in quotes: {quoted(str(shown))}."
        )
    if kind.startswith("date"):
        return document.problem(
            where, f"{name} {quoted(str(shown))} is not a date. Write it as 2026-11-20, without quotes."
        )
    return document.problem(
        where,
        f"{name}: {_WORDS.get(kind, detail['msg']).format(**context)}. {_CURES.get(kind, 'Correct it.')}",
    )


_WORDS = {
    "string_type": "text is meant here",
    "string_too_long": "longer than {max_length} characters",
    "string_too_short": "shorter than {min_length} characters",
    "tuple_type": "a list is meant here",
    "list_type": "a list is meant here",
    "dict_type": "a mapping of keys to values is meant here",
    "model_type": "a mapping of keys to values is meant here",
    "too_short": "it needs at least {min_length}",
    "int_type": "a whole number is meant here",
    "float_type": "a number is meant here",
}


_CURES = {
    "string_too_long": "Shorten it.",
    "string_too_short": "Say a little more.",
    "too_short": "Add some, or remove the line.",
    "tuple_type": "Start each item with a hyphen.",
    "string_type": "Write a word or a sentence.",
    "model_type": "Write key: value.",
    "dict_type": "Write key: value.",
}


def _keys_at(model: type[Record], where: Location) -> list[str]:
    """Return the keys that are allowed at a place, by walking the declared types."""
    here: Any = model
    for step in where:
        if isinstance(here, type) and issubclass(here, BaseModel):
            found = next((f for n, f in here.model_fields.items() if (f.alias or n) == step), None)
            here = (found and _record_in(found.annotation)) or here
    return [f.alias or n for n, f in here.model_fields.items()]


def _record_in(annotation: Any) -> Any:
    """Return the record type inside `tuple[X, ...] | None`, `dict[str, X]` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()) or ():
        found = _record_in(inner)
        if found is not None:
            return found
    return None
