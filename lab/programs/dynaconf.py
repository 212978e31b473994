"""Read a variable as a number."""

# /// script
# dependencies = ["dynaconf"]
# ///

import os

from dynaconf import Dynaconf

os.environ["DYNACONF_PORT"] = "8000"
assert Dynaconf().port == 8000
