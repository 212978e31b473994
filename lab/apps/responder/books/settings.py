# region configuration
import os

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr


class Settings(BaseModel):
    """The environment: BOOKS_DATABASE, BOOKS_SECRET and so on."""

    model_config = ConfigDict(
        alias_generator=lambda name: f"BOOKS_{name.upper()}", hide_input_in_errors=True
    )

    database: str
    secret: SecretStr = Field(min_length=32)
    editor: str
    password: SecretStr
    token_seconds: int = Field(3600, ge=1)
    page_size: int = Field(20, ge=1, le=100)
    webhook: HttpUrl | None = None


settings = Settings.model_validate({name: value for name, value in os.environ.items() if value})
# endregion
