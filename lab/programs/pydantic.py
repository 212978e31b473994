"""Load what fits a model, and say what does not."""

# /// script
# dependencies = ["pydantic"]
# ///

from pydantic import BaseModel, ValidationError


class Book(BaseModel):
    title: str
    pages: int


assert Book.model_validate_json('{"title": "Dune", "pages": "412"}').pages == 412
try:
    Book.model_validate({"pages": "many"})
except ValidationError as error:
    assert {problem["loc"][0] for problem in error.errors()} == {"title", "pages"}
else:
    raise AssertionError("what does not fit was taken")
