# region configuration
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, HttpUrl, ValidationError
from quart import Quart

Text = Annotated[str, Field(min_length=1)]


class Settings(BaseModel):
    DATABASE: Text
    SECRET: Annotated[str, Field(min_length=32)]
    EDITOR: Text
    PASSWORD: Text
    TOKEN_SECONDS: Annotated[int, Field(ge=1)] = 3600
    PAGE_SIZE: Annotated[int, Field(ge=1, le=100)] = 20
    WEBHOOK: HttpUrl | None = None


def load(app: Quart, config: Mapping[str, object] | None = None) -> None:
    # Values stay text until the model reads them: "1234" may be a password.
    app.config.from_prefixed_env("BOOKS", loads=str)
    app.config.from_mapping(config or {})
    try:
        app.config.from_object(Settings.model_validate(app.config))
    except ValidationError as error:
        wrong = [f"BOOKS_{fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        raise SystemExit("\n".join(wrong)) from None
    app.config["MAX_CONTENT_LENGTH"] = 32 * 1024**2  # imports are large
    app.config["BACKGROUND_TASK_SHUTDOWN_TIMEOUT"] = 3
    # endregion
