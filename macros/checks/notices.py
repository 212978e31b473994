"""What `make check` says about data that is in order: what is unfinished, not measured yet, or worth a second look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from macros import schema
from macros.catalog.build import entries_of, kinds_of
from macros.catalog.constants import FINISHED_SHARE, OLD_AFTER_DAYS
from macros.catalog.evidence import oldest, version_of
from macros.catalog.model import Entry
from macros.catalog.sources import Loaded, Sources
from macros.checks.rules import listed
from macros.checks.series import in_series
from macros.reading.documents import Problem, count_of
from macros.schema.entries import Evidence
from macros.schema.fields import package_name

SHARED_HOSTS = re.compile(r"(^|\.)(github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|sr\.ht)$")
"""Hosts on which the first part of the path says whose page it is."""


DEMONSTRATIONS = "what its demonstrations show (make lab-demonstrations)"


HOSTS_OF_PROJECTS = re.compile(r"\.(readthedocs\.io|rtfd\.io|github\.io|gitlab\.io|netlify\.app|pages\.dev)$")
"""Hosts whose first label says whose page it is."""


def notices(found: Sources, today: date) -> list[Problem]:
    """Return what a contributor should know about data without mistakes, in the order of files and lines."""
    entries = entries_of(found, kinds_of(found), today)
    said: list[Problem] = []
    sites = {site_of(home) for entry in entries.values() for home in entry.record.homes}
    for loaded in found.entries:
        entry = entries[loaded.id]
        said += _unfinished(loaded, entry)
        said += _not_measured(loaded, found, entry)
        said += _aged(loaded, entry)
        said += _without_words(loaded, entry)
        said += _without_release(loaded, entry)
        said += _without_series(loaded, entry)
        said += _third_party(loaded, entry, sites)
    return sorted([*said, *_planted_before(found), *_not_on_postgresql(found)])


def _planted_before(found: Sources) -> Iterator[Problem]:
    """Say where the application or the suite has changed since bugs were planted."""
    for name, code in found.codes.items():
        run = found.readings.mutations.get(name)
        if run is None or (run.files, run.suite) == (code.digest, found.suite):
            continue
        what = "It has" if run.files != code.digest else "The suite has"
        again = f"Run: python -m lab books --mutations {name}"
        message = f"{what} changed since bugs were planted in it ({run.moment}). {again}"
        yield code.application.document.problem((), message)


def _not_on_postgresql(found: Sources) -> Iterator[Problem]:
    """Say which applications name a driver for PostgreSQL and have not been run on it."""
    for name, code in found.codes.items():
        on = code.application.record.postgresql
        if on and on.driver and name not in found.readings.books_postgresql:
            again = f"Run: python -m lab books --database postgresql {name}"
            yield code.application.document.problem(("postgresql",), f"It has not been run on PostgreSQL. {again}")


def _unfinished(loaded: Loaded[schema.Entry], entry: Entry) -> Iterator[Problem]:
    record, missing = entry.record, []
    if entry.coverage < FINISHED_SHARE:
        share = f"{entry.coverage:.0%}".replace("%", " %")
        missing.append(
            f"{entry.answered} of {len(entry.asked)} criteria are answered ({share}); "
            f"a finished entry answers {FINISHED_SHARE * 100:.0f} %"
        )
    traits = {"best-for": record.best_for, "strengths": record.strengths, "trade-offs": record.trade_offs}
    if empty := [key for key, given in traits.items() if not given]:
        missing.append(f"it has no {' and no '.join(empty)}")
    if bare := sum(1 for trait in (*record.strengths, *record.trade_offs) if not trait.because):
        missing.append(f"{count_of(bare, 'strength or trade-off', 'strengths or trade-offs')} without because")
    if missing:
        yield loaded.problem((), f"This entry is not finished: {'; '.join(missing)}. It is shown as it is.")


def _not_measured(loaded: Loaded[schema.Entry], found: Sources, entry: Entry) -> Iterator[Problem]:
    """Say which measurements an entry of this kind and language usually has, and how each is made."""
    program = f"lab/programs/{entry.id}.{'py' if entry.record.language == 'Python' else 'mjs'}"
    python, framework = entry.record.language == "Python", entry.kind == "frameworks"
    packaged = entry.record.package is not None
    wanted = [
        (packaged and not entry.reading, "releases and dependencies (make lab-registry)"),
        (packaged and not entry.popularity, "popularity (make lab-popularity)"),
        (packaged and python and not entry.type_coverage, "type coverage (make lab-type-coverage)"),
        (python and not entry.smoke, f"newest Python (write {program}, then make lab-smoke)"),
        (framework and not entry.footprint, f"memory and start (write {program}, then make lab-footprint)"),
        (framework and not found.readings.runs_of(entry.id), "behaviour (see lab/probes/CONTRACT.md)"),
        (framework and entry.id not in found.codes, "code (see lab/books/CONTRACT.md)"),
        (entry.id in found.demonstrations.keys() - found.readings.demonstrations.keys(), DEMONSTRATIONS),
    ]
    missing = [how for is_missing, how in wanted if is_missing]
    if missing:
        yield loaded.problem((), f"Not measured yet: {listed(missing)}.")


def _aged(loaded: Loaded[schema.Entry], entry: Entry) -> Iterator[Problem]:
    """Say how many facts are no longer current."""
    aged = [fact for fact in entry.facts.values() if not fact.current and not fact.inherited_from]
    newer = [fact for fact in aged if fact.aged and fact.aged.since]
    older = len(aged) - len(newer)
    own = [fact for fact in newer if not fact.of]
    if own:
        since = oldest(fact.aged for fact in own)
        yield loaded.problem(
            ("evidence",),
            f"{count_of(len(own), 'fact')} read for a release older than {since}. The page /recheck/ lists them.",
        )
    if others := [fact for fact in newer if fact.of]:
        named = dict.fromkeys(f"{fact.of} {fact.aged.since}" for fact in others if fact.aged)
        yield loaded.problem(
            ("evidence",),
            f"{count_of(len(others), 'fact')} read for a release older than {listed(named)}. "
            "The page /recheck/ lists them.",
        )
    if older:
        yield loaded.problem(
            ("evidence",),
            f"{count_of(older, 'fact')} read more than {OLD_AFTER_DAYS} days ago. The page /recheck/ lists them.",
        )


def _without_words(loaded: Loaded[schema.Entry], entry: Entry) -> Iterator[Problem]:
    """Say how many facts only a reader can check, and how many must be read again because their words have changed."""
    stated = [fact for fact in entry.facts.values() if not fact.inherited_from]
    bare = [fact for fact in stated if fact.proof == "reader"]
    if bare:
        share = f"{len(bare) / len(stated):.0%}".replace("%", " %")
        yield loaded.problem(
            ("evidence",),
            f"{len(bare)} of {count_of(len(stated), 'fact')} ({share}) are confirmed by a reader alone. Point at their "
            "words with at: first words … last words, then run make lab-citations.",
        )
    doubted = [fact for fact in stated if fact.words.doubt]
    if doubted:
        yield loaded.problem(
            ("evidence",),
            f"{count_of(len(doubted), 'fact')} whose page has gone or whose words have changed. "
            "The page /recheck/ lists them.",
        )


def _without_release(loaded: Loaded[schema.Entry], entry: Entry) -> Iterator[Problem]:
    """Say how many facts rest on the entry's own pages without the release that these describe."""
    own = [
        (index, page)
        for index, page in enumerate(entry.record.evidence)
        if page.version is None and entry.record.owns(page.source)
    ]
    if own and entry.record.package:
        count = sum(len(page.facts) for _, page in own)
        yield loaded.problem(
            ("evidence", own[0][0]),
            f"{count_of(count, 'fact')} from the entry's own pages without version: no release can make them old.",
        )


def _without_series(loaded: Loaded[schema.Entry], entry: Entry) -> Iterator[Problem]:
    """Say that the newest release belongs to no release series of the record."""
    newest = version_of(entry.reading.latest.version) if entry.reading else None
    series = [version for one in entry.record.series if (version := version_of(one.version))]
    if newest and series and not any(in_series(newest, one) for one in series):
        yield loaded.problem(
            ("series",),
            f"The newest release, {newest}, belongs to none of these series. Read the page of the project again.",
        )


def _third_party(loaded: Loaded[schema.Entry], entry: Entry, sites: set[str]) -> Iterator[Problem]:
    """Say which pages belong neither to an entry nor to a package that the facts name in via, once for each site."""
    pages: dict[str, list[int]] = {}
    for index, page in enumerate(entry.record.evidence):
        if not page.of and not _is_first_hand(entry, page, sites):
            pages.setdefault(site_of(page.source), []).append(index)
    for site, found in pages.items():
        yield loaded.problem(
            ("evidence", found[0], "source"),
            f"{site} ({count_of(len(found), 'page')}) belongs neither to {entry.name} nor to another entry or a "
            "package in via. If the project itself says the same somewhere, cite that page.",
        )


def _is_first_hand(entry: Entry, page: Evidence, sites: set[str]) -> bool:
    """Return whether a page belongs to an entry, or to a package that all of its facts name in via."""
    site = site_of(page.source)
    if site in sites:
        return True
    own = {entry.id, *([package_name(entry.record.package)] if entry.record.package else [])}
    owner = site.rpartition("/")[2].split(".")[0]
    if any(owner == name or owner.startswith(f"{name}-") for name in own):
        return True
    return all(any(_is_named(via, page.source) for via in fact.via) for fact in page.facts.values())


def _is_named(via: str, address: str) -> bool:
    """Return whether the address contains the name of a package or an entry: flask-limiter.readthedocs.io does."""
    name = package_name(via) if via.startswith("pkg:") else via
    words = [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word]
    return "".join(words) in re.sub(r"[^a-z0-9]", "", address.lower()) or words[-1] in address.lower()


def site_of(address: str) -> str:
    """Return whose page an address is: the domain that was registered, the project or the owner of a shared host."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if SHARED_HOSTS.search(host):
        return f"{host}/{parts.path.strip('/').partition('/')[0].lower()}"
    if HOSTS_OF_PROJECTS.search(host):
        return host
    return ".".join(host.split(".")[-2:])
