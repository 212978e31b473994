"""What the measurement of its types says about a package, as a value of the criterion `typed`."""

from __future__ import annotations

from typing import Literal

from macros.catalog.constants import ANNOTATED_SHARE, TYPED_SHARE
from macros.schema.measured.type_coverage import TypeCoverage


def typed_as_measured(found: TypeCoverage) -> Literal["inline", "partial", "none"]:
    """Return whether the package publishes its types: in its source, partly, or not at all.

    A stub package is not part of the measurement, so a record may say `stubs` of what is not typed inline.
    """
    marked = not found.marker_added
    if marked and found.share >= TYPED_SHARE:
        return "inline"
    return "partial" if marked or found.annotated_share >= ANNOTATED_SHARE else "none"


def in_words(found: TypeCoverage) -> str:
    """Return the figures that decide: the mark, the names with known types, the annotated parameters."""
    mark = "no py.typed" if found.marker_added else "py.typed"
    return (
        f"{mark}, {100 * found.share:.0f} % of its public names have known types, and "
        f"{100 * found.annotated_share:.0f} % of its parameters are annotated"
    )
