"""What tests of /api/v1/ need: which place a file belongs to, and schemas that allow nothing unnamed."""

from __future__ import annotations

import json
import re
from typing import Any

from macros.plugin.files import file_specs
from macros.schema import routes
from macros.views.api.contents import PLACES, Place
from macros.views.site import Site


def files_of(site: Site, site_url: str = "") -> dict[str, bytes]:
    """Return every file by its path from the root of the API."""
    found = [(spec.path, spec.content()) for spec in file_specs(site, site_url) if spec.path.startswith(routes.API)]
    assert len({path for path, _ in found}) == len(found)
    return {path.removeprefix(routes.API): content for path, content in found}


def place_of(path: str) -> Place:
    """Return the place of a file, whose path is given from the root of the API; there must be exactly one."""
    found = [place for place in PLACES if re.fullmatch(_pattern(place.path), path)]
    exact = [place for place in found if place.path == path] or found
    assert len(exact) == 1, f"{path} has {len(exact)} places"
    return exact[0]


def _pattern(path: str) -> str:
    parts = re.split(r"\{\w+\}", path)
    return "[a-z0-9-]+".join(map(re.escape, parts))


def strict(schema: Any) -> Any:
    """Return a schema by which a field that is not named is wrong: the published one allows what is added later."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {key: strict(item) for key, item in schema.items()}
    return inside | {"additionalProperties": False} if "properties" in schema and "type" in schema else inside


def as_data(content: bytes) -> Any:
    """Return what the JSON spells; a number that is none is refused."""

    def refuse(text: str) -> None:
        raise AssertionError(f"{text} is no JSON")

    return json.loads(content, parse_constant=refuse)
