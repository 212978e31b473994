"""What FastAPI's dependencies do when they are run: each function shows the claim in its docstring, or fails."""

from typing import Annotated

from fastapi import Depends, FastAPI


def _number() -> int:
    """Return the value of the dependency."""
    return 7


def _parameters(app):
    """Return where the handler of `/` takes its parameters from."""
    return {one["name"]: one["in"] for one in app.openapi()["paths"]["/"]["get"].get("parameters", [])}


def a_forgotten_depends_becomes_a_request_parameter():
    """A parameter that lacks its Depends is declared without an error, and read from the query."""
    complete, forgotten = FastAPI(), FastAPI()

    @complete.get("/")
    def with_depends(number: Annotated[int, Depends(_number)]):
        return number

    @forgotten.get("/")
    def without_depends(number: int):
        return number

    assert _parameters(complete) == {}
    assert _parameters(forgotten) == {"number": "query"}
