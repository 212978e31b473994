# region configuration
from functools import lru_cache
from typing import Annotated

from fastapi import Depends
from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        # The alias, unlike env_prefix, is the name that an error message gives.
        alias_generator=lambda name: f"BOOKS_{name.upper()}",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    database: str
    secret: SecretStr = Field(min_length=32)
    editor: str
    password: SecretStr
    token_seconds: int = Field(3600, ge=1)
    page_size: int = Field(20, ge=1, le=100)
    webhook: HttpUrl | None = None


@lru_cache
def get_settings() -> Settings:
    return Settings()


SettingsDep = Annotated[Settings, Depends(get_settings)]
# endregion
