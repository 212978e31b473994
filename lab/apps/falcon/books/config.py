# region configuration
from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    model_config = SettingsConfigDict(
        # An alias, unlike a prefix, is the name that a message about the setting has.
        alias_generator=lambda name: f"BOOKS_{name.upper()}",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    database: str = Field(min_length=1)
    secret: SecretStr = Field(min_length=32)
    editor: str = Field(min_length=1)
    password: SecretStr = Field(min_length=1)
    token_seconds: int = Field(3600, ge=1)
    page_size: int = Field(20, ge=1, le=100)
    webhook: HttpUrl | None = None
    # endregion
