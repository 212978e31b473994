"""What FastAPI's dependencies do when they are run: each function shows the claim in its docstring, or fails."""

from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.exceptions import FastAPIError


def _number() -> int:
    """Return the value of the dependency."""
    return 7


class _Repository:
    """A class that Pydantic does not know."""


def _parameters(app):
    """Return where the handler of `/` takes its parameters from."""
    return {one["name"]: one["in"] for one in app.openapi()["paths"]["/"]["get"].get("parameters", [])}


def a_forgotten_depends_becomes_a_request_parameter():
    """An int that lacks its Depends is read from the query; a class that Pydantic does not know refuses the route."""
    complete, forgotten = FastAPI(), FastAPI()

    @complete.get("/")
    def with_depends(number: Annotated[int, Depends(_number)]):
        return number

    @forgotten.get("/")
    def without_depends(number: int):
        return number

    assert _parameters(complete) == {}
    assert _parameters(forgotten) == {"number": "query"}

    def with_class(repository: _Repository):
        return repository

    try:
        FastAPI().get("/")(with_class)
    except FastAPIError:
        return
    raise AssertionError("the route was declared")
