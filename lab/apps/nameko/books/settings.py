from pathlib import Path

import yaml
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from nameko.cli.main import setup_yaml_parser
from nameko.extensions import DependencyProvider


# region configuration
class SettingsSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    BOOKS_DATABASE = fields.String(required=True, validate=validate.Length(min=1))
    BOOKS_SECRET = fields.String(required=True, validate=validate.Length(min=32))
    BOOKS_EDITOR = fields.String(required=True, validate=validate.Length(min=1))
    BOOKS_PASSWORD = fields.String(required=True, validate=validate.Length(min=1))
    BOOKS_TOKEN_SECONDS = fields.Integer(strict=True, validate=validate.Range(min=1))
    BOOKS_PAGE_SIZE = fields.Integer(strict=True, validate=validate.Range(min=1, max=100))
    BOOKS_WEBHOOK = fields.Url(allow_none=True, schemes={"http", "https"}, require_tld=False)


def check(config):
    try:
        return SettingsSchema().load(config)
    except ValidationError as error:
        faults = [f"{name}: {' '.join(texts)}" for name, texts in error.messages.items()]
        raise ValueError("; ".join(faults)) from None


class Settings(DependencyProvider):
    """Gives a worker the settings; with wrong ones the service doesn't start."""

    def setup(self):
        self.settings = check(self.container.config)

    def get_dependency(self, worker_ctx):
        return self.settings


# endregion


def load_config(path="config.yaml"):
    """Read the file as `nameko run --config` does, for programs that host no service."""
    setup_yaml_parser()
    config = yaml.safe_load(Path(path).read_text())
    check(config)
    return config
