"""What describes the CSV files: a Frictionless Data Package (https://datapackage.org/standard/data-package/)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.views.api.csv_files import Column, Table
from macros.views.api.dataset import LICENCE, NAME
from macros.views.api.tables import MISSING

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def data_package(tables: Iterable[Table], day: str, site: str | None) -> dict[str, Any]:
    """Return the description of the tables as they are on a day."""
    return {
        "$schema": PROFILE,
        "name": "backend-field-guide",
        "title": NAME,
        "description": "Backend frameworks and libraries compared fact by fact; every fact has its source and its "
        "date. A text that begins like a formula of a spreadsheet has an apostrophe in front.",
        **({"homepage": site} if site else {}),
        "version": day.replace("-", "."),
        "created": f"{day}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": f"The contributors of {NAME}"}],
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": TABLE_PROFILE,
        "name": table.path.removeprefix("csv/").removesuffix(".csv"),
        "type": "table",
        "path": table.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": list(MISSING),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    return {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        **({"description": column.description} if column.description else {}),
        **({"constraints": constraints} if constraints else {}),
    }
