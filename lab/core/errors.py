"""What can go wrong in the lab, and how it is reported: without addresses and without this machine's folders."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lab.core.paths import ROOT

LONGEST = 300
"""Characters of a reported line."""


class LabError(Exception):
    """The lab itself could not do its work, so nothing can be said about the package."""


class RefusedError(Exception):
    """The package cannot be installed there; the text is the installer's reason."""


class FailedError(Exception):
    """A program ran and did not succeed; the text is the last line that it wrote."""


class NoAnswerError(Exception):
    """A server did not answer, closed the connection, or answered with an error; the text says which."""


def without_addresses(text: str) -> str:
    """Return the text without addresses and without the folders of this machine."""
    plain = re.sub(r"\b(?:https?|file)://[^\s`'\")]+", "…", text)
    for folder in (str(ROOT), str(Path.home()), sys.prefix):
        plain = plain.replace(folder, "…")
    return plain


def last_line(text: str, most: int = LONGEST) -> str:
    """Return the last line that holds more than decoration, at most `most` characters of it."""
    lines = [line.strip() for line in text.splitlines() if line.strip(" \t─╰╯│^~")]
    return without_addresses(lines[-1])[:most] if lines else ""


def complaint(text: str) -> str:
    """Return the last line of a log that names an error, or the last line if none does."""
    lines = text.splitlines()
    errors = [line for line in lines if not line.startswith((" ", "[")) and "Error" in line]
    return last_line(errors[-1] if errors else "\n".join(lines))


def reason(error: BaseException) -> str:
    """Return an error as one line; its type is named if it is not one of the lab's own or the system's."""
    said = last_line(str(error))
    if isinstance(error, LabError | RefusedError | FailedError | NoAnswerError | OSError) and said:
        return said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
