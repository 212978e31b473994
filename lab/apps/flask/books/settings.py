# region configuration
from pathlib import Path

from flask import Flask
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from marshmallow.validate import Length, Range
from sqlalchemy import URL


class Settings(Schema):
    class Meta:
        unknown = EXCLUDE

    DATABASE = fields.String(required=True, validate=Length(min=1))
    SECRET = fields.String(required=True, validate=Length(min=32))
    EDITOR = fields.String(required=True, validate=Length(min=1))
    PASSWORD = fields.String(required=True, validate=Length(min=1))
    TOKEN_SECONDS = fields.Integer(load_default=3600, validate=Range(min=1))
    PAGE_SIZE = fields.Integer(load_default=20, validate=Range(min=1, max=100))
    WEBHOOK = fields.Url(load_default=None, require_tld=False)


def load(app: Flask, config: dict[str, str] | None = None) -> None:
    # Values stay text until the schema reads them: "1234" may be a password.
    app.config.from_prefixed_env("BOOKS", loads=str)
    app.config.from_mapping(config or {})
    try:
        app.config.from_mapping(Settings().load(app.config))
    except ValidationError as error:
        wrong = [f"BOOKS_{name}: {' '.join(why)}" for name, why in error.messages_dict.items()]
        raise SystemExit("\n".join(wrong)) from None
    database = app.config["DATABASE"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 24}
    if not database.startswith("postgresql://"):
        database = URL.create("sqlite", database=str(Path(database).resolve()))
        app.config["SQLALCHEMY_ENGINE_OPTIONS"]["connect_args"] = {"timeout": 30}
    app.config["SQLALCHEMY_DATABASE_URI"] = database
    app.config["MAX_CONTENT_LENGTH"] = 32 * 1024**2  # imports are large
    # endregion
