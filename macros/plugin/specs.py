"""A page to generate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from macros.plugin.snapshot import PageHead


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec(PageHead):
    """A page to generate: its head, its template, and what the template needs."""

    template: str
    context: Callable[[], dict[str, Any]]

    @property
    def head(self) -> PageHead:
        """Return the head alone."""
        return PageHead(**{field.name: getattr(self, field.name) for field in fields(PageHead)})
