"""Whether words that were read in an older release are in the newest one, for those who bring a record up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lab.citations.collect import Collector
from macros.catalog.projects import Projects
from macros.schema.entries import Entry
from macros.schema.measured.citations import CitedPassage


def at_newest(records: Mapping[str, Entry], projects: Projects) -> dict[str, Entry]:
    """Return the records with the newest release that the registry knows in place of each release that was read."""
    return {name: _moved(name, record, projects) for name, record in records.items()}


def _moved(name: str, record: Entry, projects: Projects) -> Entry:
    evidence = []
    for page in record.evidence:
        project = projects.of_page(name, page) if page.version else None
        newest = project.reading.latest.version if project and project.reading else page.version
        evidence.append(page.model_copy(update={"version": newest}))
    return record.model_copy(update={"evidence": tuple(evidence)})


def compared(entry: str, now: Collector, newest: Collector) -> Iterator[str]:
    """Yield a line for each passage of an entry: how it is found in the newest release, and whether it is the same."""
    read = {(one.source, one.at, one.checked): one for one in now.entry(entry)[0]}
    for later in newest.entry(entry)[0]:
        before = read[later.source, later.at, later.checked]
        releases = f"{before.version or 'no release'} → {later.version or 'no release'}"
        yield f"{releases}: {_words(before, later)}: “{later.at}”"


def _words(before: CitedPassage, later: CitedPassage) -> str:
    where = f" ({later.file}:{later.line} in {later.release}, {later.how})" if later.file else f" ({later.why})"
    if later.status != "found":
        return later.status + where
    if before.digest is None:
        return f"found, but not in the release that was read{where}"
    return ("the same words" if later.digest == before.digest else "other words between") + where
