# region configuration
from typing import Annotated

from aiohttp import web
from pydantic import AnyHttpUrl, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

Text = Annotated[str, Field(min_length=1)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BOOKS_", env_ignore_empty=True)

    database: Text
    secret: Annotated[str, Field(min_length=32)]
    editor: Text
    password: Text
    token_seconds: Annotated[int, Field(ge=1)] = 3600
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    webhook: AnyHttpUrl | None = None


settings_key = web.AppKey("settings", Settings)


def load_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"BOOKS_{e['loc'][0]}".upper() + f": {e['msg']}" for e in error.errors()]
        raise SystemExit("\n".join(wrong)) from None
        # endregion
