# region configuration
import os
import sys
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Text = Annotated[str, Field(min_length=1)]


class Settings(BaseModel):
    """Names in capitals: they become entries of the application's configuration."""

    model_config = ConfigDict(
        alias_generator=lambda name: f"BOOKS_{name}", validate_by_name=True, validate_by_alias=True
    )

    DATABASE: Text
    SECRET: Annotated[str, Field(min_length=32)]
    EDITOR: Text
    PASSWORD: Text
    TOKEN_SECONDS: Annotated[int, Field(ge=1)] = 3600
    PAGE_SIZE: Annotated[int, Field(ge=1, le=100)] = 20
    WEBHOOK: Annotated[str, Field(pattern="^https?://")] | None = None

    @classmethod
    def from_env(cls) -> "Settings":
        try:
            return cls.model_validate(dict(os.environ))
        except ValidationError as error:
            sys.exit("\n".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors()))
            # endregion
