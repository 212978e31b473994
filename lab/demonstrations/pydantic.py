"""What Pydantic does when it is run: each function shows the claim in its docstring, or fails."""

import inspect

from pydantic import BaseModel, field_validator


def async_validator_is_never_awaited():
    """An async field validator is accepted and never awaited; in the default mode its coroutine becomes the value."""
    ran = []

    class Model(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        async def check(cls, value):
            ran.append(value)
            raise ValueError("refused")

    model = Model(name="a name")
    assert inspect.iscoroutine(model.name)
    model.name.close()
    assert ran == []
