"""Whether an address is that of a page or below it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit


class Place(NamedTuple):
    """Where an address leads: its host with the port, in lower case, and the parts of its path."""

    host: str
    path: tuple[str, ...]


@lru_cache(maxsize=8192)
def place_of(address: str) -> Place:
    """Return the place of an address; what follows `?` or `#` does not count, nor does a slash at the end.

    What cannot be split is all host: rules are asked of addresses that are refused, too.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return Place(address, ())
    return Place(parts.netloc.lower(), tuple(part for part in parts.path.split("/") if part))


def is_below(address: str, home: str) -> bool:
    """Return whether a page is `home` or below it: on the same host, with all parts of its path, whole ones."""
    page, own = place_of(address), place_of(home)
    return page.host == own.host and page.path[: len(own.path)] == own.path
