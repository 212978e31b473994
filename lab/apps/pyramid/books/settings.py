# region configuration
from collections.abc import Mapping
from typing import Any

import colander
from sqlalchemy import URL


class SettingsSchema(colander.MappingSchema):
    BOOKS_DATABASE = colander.SchemaNode(colander.String())
    BOOKS_SECRET = colander.SchemaNode(colander.String(), validator=colander.Length(min=32))
    BOOKS_EDITOR = colander.SchemaNode(colander.String())
    BOOKS_PASSWORD = colander.SchemaNode(colander.String())
    BOOKS_TOKEN_SECONDS = colander.SchemaNode(
        colander.Integer(), missing=3600, validator=colander.Range(min=1)
    )
    BOOKS_PAGE_SIZE = colander.SchemaNode(
        colander.Integer(), missing=20, validator=colander.Range(min=1, max=100)
    )
    BOOKS_WEBHOOK = colander.SchemaNode(colander.String(), missing=None, validator=colander.url)


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of Pyramid's registry that the environment holds."""
    try:
        found = SettingsSchema().deserialize(dict(environ))
    except colander.Invalid as error:
        raise SystemExit(
            "\n".join(f"{name}: {why}" for name, why in error.asdict().items())
        ) from None
    settings = {name.lower().replace("_", ".", 1): value for name, value in found.items()}
    url = found["BOOKS_DATABASE"]
    if not url.startswith("postgresql://"):
        url = URL.create("sqlite", database=url, query={"timeout": "20"})
    # Each thread of the server may keep a connection, which a slow reader of the export does.
    return settings | {"sqlalchemy.url": url, "sqlalchemy.pool_size": 24}


# endregion
