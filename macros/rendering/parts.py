"""Parts of pages that recur, such as the cell of a fact: each is made once and used on every page."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from markupsafe import Markup


class Parts:
    """Parts by their keys, kept as UTF-8: as text, one typographic sign would make every character take two bytes."""

    def __init__(self) -> None:
        self._made: dict[Hashable, bytes] = {}

    def once(self, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """Return the part that is kept by that key, or else make it and keep it."""
        kept = self._made.get(key)
        if kept is not None:
            return Markup(kept.decode())  # noqa: S704 - a part that we rendered
        made = make()
        self._made[key] = made.encode()
        return made

    def forget(self) -> None:
        """Let go of all parts; one that is asked for later is made again."""
        self._made.clear()
