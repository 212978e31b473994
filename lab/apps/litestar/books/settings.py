# region configuration
import os
import sys
from typing import Annotated

import msgspec
from msgspec import Meta


class Settings(msgspec.Struct, frozen=True, rename=lambda name: f"BOOKS_{name.upper()}"):
    database: Annotated[str, Meta(min_length=1)]
    secret: Annotated[str, Meta(min_length=32)]
    editor: Annotated[str, Meta(min_length=1)]
    password: Annotated[str, Meta(min_length=1)]
    token_seconds: Annotated[int, Meta(ge=1)] = 3600
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20
    webhook: Annotated[str, Meta(pattern="^https?://")] | None = None

    @classmethod
    def from_env(cls) -> "Settings":
        try:
            return msgspec.convert(dict(os.environ), cls, strict=False)
        except msgspec.ValidationError as error:
            sys.exit(f"The environment is not right: {error}")
            # endregion
