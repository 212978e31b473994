"""Read a variable as a number."""

# /// script
# dependencies = ["python-decouple"]
# ///

import os

from decouple import config

os.environ["PORT"] = "8000"
assert config("PORT", cast=int) == 8000
assert config("DEBUG", default="no", cast=bool) is False
