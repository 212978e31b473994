"""What stands around every page: how much there is, the kinds, and where each section belongs."""

from __future__ import annotations

from typing import Any

from macros.schema import routes
from macros.views.lists import FRAMEWORKS
from macros.views.site import Site


def frame_of(site: Site) -> dict[str, Any]:
    """Return what the header and the footer of every page print, as JSON can hold it."""
    catalog = site.catalog
    kinds = [kind for kind in catalog.kinds.values() if catalog.of_kind(kind.id)]
    further = [("Health", routes.HEALTH)] if catalog.readings.registry else []
    further += [("Behaviour", routes.BEHAVIOUR)] if catalog.readings.runs else []
    return {
        "facts": f"{catalog.fact_count:,}",
        "feed": routes.ALL_CHANGES if catalog.changes else "",
        "kinds": [{"id": kind.id, "name": kind.name} for kind in kinds],
        "further": [*further, ("To check again", routes.RECHECK), ("Changes", routes.CHANGES)],
        "sections": {**routes.BELOW, **{kind.id: "libraries/" for kind in kinds if kind.id != FRAMEWORKS}},
    }
