"""What `/compare/` needs to show any entries of a kind side by side: a file for the kind, and one for each entry.

The page reads the files of the entries that it shows, so what it reads does not grow with the kind.
`docs/assets/js/compare/` makes the table from them.
"""

from __future__ import annotations

from typing import Any

from macros.catalog.facts import Fact
from macros.catalog.model import Catalog, Entry, Kind
from macros.views.finding import said_of
from macros.views.site import Site
from macros.views.text import fixed, long_date, plural


def kind_questions(site: Site, kind: Kind) -> dict[str, Any]:
    """Return what is asked of the entries of a kind: its ratings, and its criteria by group, with their names."""
    ratings = site.catalog.ratings.items()
    return {
        "kind": kind.id,
        "name": kind.name,
        "ratings": [[name, rating.name] for name, rating in ratings if rating.kind == kind.id],
        "groups": [
            [group, kind.group_names[group], [[name, kind.criteria[name].name] for name in names]]
            for group, names in kind.groups.items()
        ],
    }


def entry_answers(site: Site, entry: Entry) -> dict[str, Any]:
    """Return what an entry answers: its facts and its ratings (from 0 to 5, those that it has), by id.

    A fact is a list: value, label, symbol, tone, what is said beside it, the address of its source, the day it was
    read, the release it was read for, and why it is no longer current (empty where it is).
    """
    scores = ((score.id, score.value) for score in site.scores[entry.id])
    return {
        "id": entry.id,
        "url": entry.url,
        "asked": list(entry.asked),
        "ratings": {name: fixed(value) for name, value in scores if value is not None},
        "facts": {name: _fact(site.catalog, fact) for name, fact in entry.facts.items()},
    }


def _fact(catalog: Catalog, fact: Fact) -> list[str]:
    meaning = fact.meaning
    shown = [meaning.label, meaning.symbol, meaning.tone] if meaning else [fact.value, "", "neutral"]
    note, release = note_of(catalog, fact), " ".join(filter(None, (fact.of, fact.version)))
    return [fact.value, *shown, note, fact.link, long_date(fact.checked), release, age_of(fact)]


def note_of(catalog: Catalog, fact: Fact) -> str:
    """Return what a fact says beside its value, with the entry that it is inherited from."""
    said = said_of(catalog, fact)
    if not fact.inherited_from:
        return said
    return " ".join(filter(None, (said, f"As in {catalog.entries[fact.inherited_from].named}.")))


def age_of(fact: Fact) -> str:
    """Return why a fact is no longer current, in a few words; empty where it is."""
    if fact.current or not fact.aged:
        return ""
    if fact.aged.since:
        return " ".join(filter(None, ("checked before", fact.of, fact.aged.since)))
    return f"read {plural(fact.aged.days or 0, 'day')} ago"
