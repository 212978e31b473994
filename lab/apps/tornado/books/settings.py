# region configuration
import os
import sys
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Text = Annotated[str, Field(min_length=1)]


class Settings(BaseModel):
    model_config = ConfigDict(
        alias_generator=lambda name: f"BOOKS_{name.upper()}",
        validate_by_name=True,
        validate_by_alias=True,
    )

    database: Text
    secret: Annotated[str, Field(min_length=32)]
    editor: Text
    password: Text
    token_seconds: Annotated[int, Field(ge=1)] = 3600
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    webhook: Annotated[str, Field(pattern="^https?://")] | None = None

    @classmethod
    def from_env(cls) -> "Settings":
        try:
            return cls.model_validate(dict(os.environ))
        except ValidationError as error:
            sys.exit("\n".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors()))
            # endregion
