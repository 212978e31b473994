"""What the schema declares at a place: the types of records, walked step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator

from macros.reading.documents import Location
from macros.schema.base import Record

Widen = tuple[Callable[..., Any], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A declared type without `Annotated` and `| None`, and what widens a short form (a word for a list of one)."""

    type: Any
    widen: Widen = ()

    @property
    def record(self) -> type[Record] | None:
        """Return the record that is declared here, alone or as an alternative to text, or None."""
        found = get_args(self.type) if get_origin(self.type) in (Union, UnionType) else (self.type,)
        return next((one for one in found if isinstance(one, type) and issubclass(one, Record)), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that may be written here, in alphabetical order; none where no record is declared."""
        fields = self.record.model_fields if self.record else {}
        return tuple(sorted(field.alias or name for name, field in fields.items()))

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the words that may be written here; none where any text may be."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    def below(self, step: str | int) -> Shape | None:
        """Return what is declared under a key or at an index, or None where nothing is."""
        if self.record:
            fields = self.record.model_fields
            found = next((field for name, field in fields.items() if (field.alias or name) == step), None)
            return shape_of(found.annotation, found.metadata) if found else None
        origin, inner = get_origin(self.type), get_args(self.type)
        if origin is dict:
            return shape_of(inner[1])
        if origin is tuple and isinstance(step, int):
            return shape_of(inner[0] if inner[-1] is Ellipsis else inner[min(step, len(inner) - 1)])
        return None


def shape_of(annotation: Any, metadata: Iterable[Any] = ()) -> Shape:
    """Return the shape that an annotation of a record declares."""
    widen: Widen = tuple(found.func for found in metadata if isinstance(found, BeforeValidator))
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        nested = shape_of(inner[0], inner[1:])
        return Shape(nested.type, (*widen, *nested.widen))
    if origin in (Union, UnionType) and type(None) in inner:
        rest = [one for one in inner if one is not type(None)]
        nested = shape_of(rest[0])
        return Shape(nested.type, (*widen, *nested.widen))
    return Shape(annotation, widen)


def shape_at(model: type[Record], where: Location) -> Shape | None:
    """Return what is declared at a place of a record, or None where nothing is."""
    here: Shape | None = Shape(model)
    for step in where:
        here = here.below(step) if here else None
    return here


def partial(model: type[Record], data: dict[str, Any], refused: frozenset[Location]) -> Any:
    """Return the record as far as it can be read; it may only be looked at, never built upon.

    What was refused, and what is missing, is filled with the text as it was written or with an empty value of its
    type, so that everything keeps its place. What is right is what validation would give, apart from conversions.
    """
    return _record(model, data, (), refused)


def _record(model: type[Record], data: Any, where: Location, refused: frozenset[Location]) -> Record:
    given = data if isinstance(data, dict) else {}
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in given or field.is_required():
            values[key] = _value(shape_of(field.annotation, field.metadata), given.get(key), (*where, key), refused)
    return model.model_construct(**values)


def _value(shape: Shape, data: Any, where: Location, refused: frozenset[Location]) -> Any:
    if shape.record and not (isinstance(data, str) and shape.type is not shape.record):
        return _record(shape.record, _widened(shape, data), where, refused)
    origin = get_origin(shape.type)
    if origin is dict:
        items = data.items() if isinstance(data, dict) else ()
        inner = shape.below("")
        return {key: _value(inner, item, (*where, key), refused) for key, item in items if inner}
    if origin is tuple:
        return _items(shape, _widened(shape, data), where, refused)
    return _leaf(shape.type, data, where in refused)


def _items(shape: Shape, data: Any, where: Location, refused: frozenset[Location]) -> tuple[Any, ...]:
    items = data if isinstance(data, list) else []
    inner = get_args(shape.type)
    if inner[-1] is not Ellipsis:
        items = (items + [None] * len(inner))[: len(inner)]
    below = [(shape.below(index), item, (*where, index)) for index, item in enumerate(items)]
    return tuple(_value(one, item, place, refused) for one, item, place in below if one)


def _widened(shape: Shape, data: Any) -> Any:
    if data is None:
        return data
    for widen in shape.widen:
        data = widen(data)
    return data


def _leaf(wanted: Any, data: Any, is_refused: bool) -> Any:
    if data is not None and not is_refused:
        return data
    if wanted is date:
        return date.min
    if wanted in (int, float):
        return wanted(0)
    if wanted is bool:
        return False
    return str(data) if isinstance(data, str | int | float) else ""
