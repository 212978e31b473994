"""Read a variable as a number, and refuse a word."""

# /// script
# dependencies = ["pydantic-settings"]
# ///

import os

from pydantic import ValidationError
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    port: int


os.environ["PORT"] = "8000"
assert Settings().port == 8000
os.environ["PORT"] = "eight"
try:
    Settings()
except ValidationError:
    pass
else:
    raise AssertionError("a word was taken for a number")
