"""The files below /api/v1/: the path of each, and what returns its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from pydantic_core import to_json

from macros.catalog.model import Entry
from macros.schema import routes
from macros.views.api import catalog as catalog_files
from macros.views.api.contents import PLACES
from macros.views.api.csv_files import Table
from macros.views.api.database import database
from macros.views.api.dataset import LICENCE, NAME, dataset
from macros.views.api.entries import entry_record, line, pair_line, pair_record
from macros.views.api.guide import ratings, use_cases
from macros.views.api.measured import benchmarks, by_entry, citations, measures
from macros.views.api.models import entries as entries_form
from macros.views.api.models.guide import UseCases
from macros.views.api.models.index import Counts, Index
from macros.views.api.models.measured import Measure, Measures
from macros.views.api.package import LICENCE_URL, data_package
from macros.views.api.schemas import VERSION, openapi, schema_file
from macros.views.api.tables import FACTS, facts_table, matrix_table, measure_table
from macros.views.matrices import matrix_view
from macros.views.site import Site
from macros.views.text import long_date

Make = Callable[[], bytes]


class Api:
    """The files of one site; what several of them say is made once."""

    def __init__(self, site: Site, site_url: str) -> None:
        self.site, self.catalog = site, site.catalog
        self._made: dict[str, Table] = {}
        self.site_url = f"{site_url.rstrip('/')}/" if site_url else ""

    @property
    def url(self) -> str:
        """Return the address that its files begin with; empty where the site has no address yet."""
        return f"{self.site_url}{routes.API}" if self.site_url else ""

    @cached_property
    def measures(self) -> Measures:
        """Return all measures."""
        return measures(self.catalog)

    @cached_property
    def use_cases(self) -> UseCases:
        """Return all use cases."""
        return use_cases(self.site)

    @cached_property
    def entries(self) -> dict[str, entries_form.Entry]:
        """Return all entries with their facts, by id."""
        own, found = by_entry(self.measures), sorted(self.catalog.entries.items())
        return {name: entry_record(self.site, entry, own.get(name, ())) for name, entry in found}

    @cached_property
    def lines(self) -> dict[str, entries_form.EntryLine]:
        """Return all entries as lists have them, by id."""
        return {name: line(entry) for name, entry in sorted(self.catalog.entries.items())}

    @cached_property
    def dataset(self) -> bytes:
        """Return everything in one file; its digest is the version of the data."""
        cases, found = self.use_cases["use_cases"], self.measures["measures"]
        return as_json(dataset(self.catalog, self.entries.values(), cases, found))

    @property
    def digest(self) -> str:
        """Return the version of the data."""
        return hashlib.sha256(self.dataset).hexdigest()

    @cached_property
    def tables(self) -> Mapping[str, Callable[[Api], Table]]:
        """Return what makes each table of these files, by its path. None of it holds them: they go when all is made."""
        matrices = [*self.catalog.matrices, *(kind for kind in self.catalog.kinds if self.catalog.of_kind(kind))]
        found = self.measures["measures"]
        return {
            FACTS: lambda api: facts_table(api.entries.values()),
            **{routes.of_matrix(name): partial(Api._matrix, name=name) for name in matrices},
            **{routes.of_measure(one["kind"], one["id"]): partial(Api._measure, measure=one) for one in found},
        }

    def table(self, path: str) -> Table:
        """Return the table at a path; it is made once, for its file and for the description of all."""
        if path not in self._made:
            self._made[path] = self.tables[path](self)
        return self._made[path]

    def _matrix(self, name: str) -> Table:
        return matrix_table(self.site, matrix_view(self.site, name))

    def _measure(self, measure: Measure) -> Table:
        return measure_table({name: entry.name for name, entry in self.catalog.entries.items()}, measure)

    @cached_property
    def pairs(self) -> list[tuple[Entry, Entry]]:
        """Return every two entries of a kind."""
        return [pair for kind in self.catalog.kinds for pair in self.catalog.pairs(kind)]

    def pair(self, one: Entry, other: Entry) -> entries_form.Pair:
        """Return two entries side by side."""
        return pair_record(self.site, one, other, self.lines)

    def index(self) -> Index:
        """Return what there is, in which version."""
        catalog, day = self.catalog, self.catalog.today
        counts: Counts = {
            "kinds": len(catalog.kinds),
            "criteria": sum(len(kind.criteria) for kind in catalog.kinds.values()),
            "entries": len(catalog.entries),
            "facts": catalog.fact_count,
            "pairs": len(self.pairs),
            "use_cases": len(catalog.use_cases),
        }
        at = f", {self.site_url}" if self.site_url else ""
        return {
            "name": NAME,
            "description": "Backend frameworks and libraries compared fact by fact; every fact has source and date.",
            "api": VERSION,
            "day": day.isoformat(),
            "digest": self.digest,
            "site": self.site_url or None,
            "licence": {"id": LICENCE, "name": "Creative Commons Attribution 4.0", "url": LICENCE_URL},
            "citation": f"{NAME}, data of {long_date(day)}, version {self.digest[:12]}, CC BY 4.0{at}",
            "counts": counts,
            "resources": [
                {"file": place.path, "title": place.title, "media_type": place.media, "schema": place.schema}
                for place in PLACES
            ],
            "tables": list(self.tables),
        }

    def package(self) -> dict[str, Any]:
        """Return the description of the tables."""
        tables = (self.table(path) for path in self.tables)
        return data_package(tables, self.catalog.today.isoformat(), self.site_url or None)

    def database(self) -> bytes:
        """Return everything as an SQLite database."""
        about = {"name": NAME, "licence": LICENCE, "digest": self.digest}
        found = catalog_files.criteria(self.catalog)["criteria"].values()
        criteria = [criterion for own in found for criterion in own]
        kinds, cases = catalog_files.kinds(self.catalog)["kinds"], self.use_cases["use_cases"]
        return database(about, kinds, criteria, [*self.entries.values()], cases)


def as_json(value: Any) -> bytes:
    """Return a value as JSON without blanks, in UTF-8."""
    return to_json(value) + b"\n"


def api_files(site: Site, site_url: str) -> Iterator[tuple[str, Make]]:
    """Yield the path of every file, from the root of the site, with what makes it."""
    api = Api(site, site_url)
    for path, make in (*_single(api), *_of_entries(api), *_described(api)):
        yield f"{routes.API}{path}", make


def _json(make: Callable[..., Any], *given: Any) -> Make:
    return lambda: as_json(make(*given))


def _single(api: Api) -> Iterator[tuple[str, Make]]:
    catalog = api.catalog
    yield "index.json", _json(api.index)
    yield "dataset.json", lambda: api.dataset
    yield "dataset.sqlite", api.database
    yield "kinds.json", _json(catalog_files.kinds, catalog)
    yield "criteria.json", _json(catalog_files.criteria, catalog)
    yield "ratings.json", _json(ratings, api.site)
    yield "use-cases.json", _json(lambda: api.use_cases)
    yield "measures.json", _json(lambda: api.measures)
    yield "benchmarks.json", _json(benchmarks, catalog)
    yield "citations.json", _json(citations, catalog)


def _of_entries(api: Api) -> Iterator[tuple[str, Make]]:
    yield "entries.json", _json(lambda: {"entries": list(api.lines.values())})
    for name in sorted(api.catalog.entries):
        yield routes.of_entry(name), _json(lambda one: api.entries[one], name)
    yield "pairs.json", _json(lambda: {"pairs": [pair_line(api.pair(*pair)) for pair in api.pairs]})
    for one, other in api.pairs:
        yield routes.of_pair(one.id, other.id), _json(api.pair, one, other)


def _described(api: Api) -> Iterator[tuple[str, Make]]:
    for path in api.tables:
        yield path, partial(lambda one: api.table(one).csv(), path)
    yield "datapackage.json", _json(api.package)
    yield "openapi.json", _json(openapi, api.url)
    for place in PLACES:
        if place.schema:
            yield place.schema, _json(schema_file, place, api.url)
