"""How a command of the lab is called that takes ids of entries and nothing else."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def named(command: str, description: str | None, arguments: Sequence[str]) -> list[str]:
    """Return the ids in the arguments, known or not; none means all.

    Exits with status 0 after printing the help, with the description, and with status 2 if another option is given.
    """
    parser = argparse.ArgumentParser(prog=f"python -m lab {command}", description=description)
    parser.add_argument("ids", nargs="*", metavar="ID", help="entries; all if none is named")
    return list(parser.parse_args(arguments).ids)
