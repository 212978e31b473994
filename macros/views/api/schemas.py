"""The JSON Schemas of the files, and the OpenAPI document: made from the types that the files are made by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from macros.views.api.contents import PLACES, Place
from macros.views.api.dataset import LICENCE, NAME

VERSION = "1.0"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "id": ("The id of an entry, from entries.json.", "^[a-z][a-z0-9-]*$"),
    "one": ("The id of the entry that comes first by id; pairs.json lists all pairs.", "^[a-z][a-z0-9-]*$"),
    "other": ("The id of the other entry.", "^[a-z][a-z0-9-]*$"),
    "table": ("The name of a table, from `tables` of index.json.", "^[a-z][a-z0-9-]*$"),
    "name": ("The name of a schema, from `resources` of index.json.", "^[a-z][a-z-]*$"),
}
"""What varies in addresses."""
REFERENCE = "#/$defs/"
COMPONENTS = "#/components/schemas/"


class _Schemas(GenerateJsonSchema):
    """Gives a title to types alone: that of a field would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return that no field has a title."""
        return False


@cache
def definitions() -> dict[str, Any]:
    """Return the schema of every type that the files are made of, by its name."""
    forms = [place.form for place in PLACES if place.form]
    adapters: list[tuple[type, Literal["validation"], TypeAdapter[Any]]]
    adapters = [(form, "validation", TypeAdapter(form)) for form in forms]
    _, found = TypeAdapter.json_schemas(adapters, schema_generator=_Schemas)
    return dict(sorted(found["$defs"].items()))


def schema_file(place: Place, api_url: str) -> dict[str, Any]:
    """Return the JSON Schema of the files at a place; `api_url` is empty where the site has no address yet."""
    assert place.form
    found, name = definitions(), place.form.__name__
    needed = _needed(found, name)
    return {
        "$schema": DIALECT,
        **({"$id": f"{api_url}{place.schema}"} if api_url else {}),
        **found[name],
        **({"$defs": {one: found[one] for one in found if one in needed}} if needed else {}),
    }


def _needed(found: Mapping[str, Any], name: str) -> set[str]:
    """Return the names of the types that a type refers to, directly or through others."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        for other in _references(found[waiting.pop()]):
            if other not in needed:
                needed.add(other)
                waiting.append(other)
    return needed


def _references(value: Any) -> Iterator[str]:
    """Yield the names of the types that a schema refers to."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if key == "$ref":
            yield item.removeprefix(REFERENCE)
        elif isinstance(item, dict | list):
            yield from _references(item)


def openapi(api_url: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; addresses stand below `api_url`, or beside the document where it is empty."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{NAME}: the data",
            "version": VERSION,
            "description": "Backend frameworks and libraries compared fact by fact, as files. Nothing is computed when "
            "they are asked for. Within version 1 no field is removed or changed; fields and values are added.",
            "license": {"name": "Creative Commons Attribution 4.0", "identifier": LICENCE},
        },
        "servers": [{"url": api_url or "."}],
        "paths": {f"/{place.path}": {"get": _operation(place)} for place in PLACES},
        "components": {"schemas": _moved(definitions())},
    }


def _operation(place: Place) -> dict[str, Any]:
    names = re.findall(r"\{(\w+)\}", place.path)
    schema = {"schema": {"$ref": f"{COMPONENTS}{place.form.__name__}"}} if place.form else {}
    responses: dict[str, Any] = {"200": {"description": place.title, "content": {place.media: schema}}}
    if names:
        responses["404"] = {"description": "There is no such file."}
    return {
        "operationId": re.sub(r"\W+", "_", place.path).strip("_"),
        "summary": place.title,
        **({"parameters": [_parameter(name) for name in names]} if names else {}),
        "responses": responses,
    }


def _parameter(name: str) -> dict[str, Any]:
    description, pattern = PARAMETERS[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "pattern": pattern},
    }


def _moved(value: Any) -> Any:
    """Return schemas that refer to the components of a document instead of to their own definitions."""
    if isinstance(value, dict):
        return {
            key: f"{COMPONENTS}{item.removeprefix(REFERENCE)}" if key == "$ref" else _moved(item)
            for key, item in value.items()
        }
    return [_moved(item) for item in value] if isinstance(value, list) else value
