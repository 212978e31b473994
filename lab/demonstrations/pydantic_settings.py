"""What pydantic-settings does when it is run: each function shows the claim in its docstring, or fails."""

import os

from pydantic import ValidationError
from pydantic_settings import BaseSettings


class _Settings(BaseSettings):
    shown_missing: str
    shown_port: int


def all_errors_are_reported_together():
    """Creating the object reports a missing and a wrong value in one error."""
    os.environ["SHOWN_PORT"] = "many"
    try:
        _Settings()
    except ValidationError as error:
        kinds = {problem["loc"]: problem["type"] for problem in error.errors()}
    else:
        kinds = {}
    finally:
        del os.environ["SHOWN_PORT"]
    assert kinds == {("shown_missing",): "missing", ("shown_port",): "int_parsing"}
