"""What is different between what two commits say of the entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.schema.changes import Change, EntryChanges, FactChange
from tools.changes.records import Known


def differences(old: Mapping[str, Known], new: Mapping[str, Known]) -> dict[str, EntryChanges]:
    """Return what changed about each entry, by its id; entries of which nothing changed are left out."""
    return dict(_differences(old, new))


def _differences(old: Mapping[str, Known], new: Mapping[str, Known]) -> Iterator[tuple[str, EntryChanges]]:
    for entry in sorted({*old, *new}):
        before, after = old.get(entry), new.get(entry)
        if any(known and not known.is_readable for known in (before, after)):
            continue
        if before is None:
            found = _new(new[entry])
        elif after is None:
            found = {"record": "removed"}
        else:
            found = _changed(before, after)
        if found:
            known = after or old[entry]
            yield entry, EntryChanges.model_validate({"kind": known.kind, "name": known.name, **found})


def _new(now: Known) -> dict[str, Any]:
    return {"record": "added", "answered": len(now.facts)}


def _changed(was: Known, now: Known) -> dict[str, Any]:
    facts = {
        name: FactChange(was=was.facts[name].value, now=fact.value, version=_own(fact.version, now.release))
        for name, fact in now.facts.items()
        if name in was.facts and was.facts[name].value != fact.value
    }
    found = {
        "facts": facts,
        "answered": len(now.facts.keys() - was.facts.keys()),
        "dropped": len(was.facts.keys() - now.facts.keys()),
        "support": _support(was.support, now.support),
        "release": _change(was.release, now.release),
        "status": _change(was.status, now.status),
    }
    return {key: value for key, value in found.items() if value}


def _own(version: str | None, release: str | None) -> str | None:
    """Return the release that a page describes if it is the entry's newest one; other pages have releases of others."""
    return version if version and release and f"{release}.".startswith(f"{version}.") else None


def _change(was: str | None, now: str | None) -> Change | None:
    """Return the change of what both commits know; what one does not know was not measured, and did not change."""
    return Change(was=was, now=now) if was and now and was != now else None


def _support(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Change]:
    """Return the series that are new, gone, or supported until another day; none where a record had none before."""
    changed = (name for name in sorted({*was, *now}) if was.get(name) != now.get(name))
    return {name: Change(was=was.get(name), now=now.get(name)) for name in changed} if was else {}
