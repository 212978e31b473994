"""What there is below /api/v1/: each address or pattern of addresses, with its title, its type and its schema."""

from __future__ import annotations

from dataclasses import dataclass

from macros.views.api.models.dataset import Dataset
from macros.views.api.models.entries import Entries, Entry, Pair, Pairs
from macros.views.api.models.guide import Ratings, UseCases
from macros.views.api.models.index import Criteria, Index, Kinds
from macros.views.api.models.measured import Benchmarks, Citations, Measures

JSON, CSV, SQLITE = "application/json", "text/csv", "application/vnd.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address below /api/v1/; what varies stands in braces."""

    path: str
    title: str
    media: str = JSON
    form: type | None = None
    """The type of its content, if it is JSON with a schema of ours."""

    @property
    def varies(self) -> bool:
        """Return whether it is a pattern of addresses."""
        return "{" in self.path

    @property
    def schema(self) -> str | None:
        """Return the address of its schema, or None."""
        return f"schema/{schema_name(self.form)}.json" if self.form else None


def schema_name(form: type) -> str:
    """Return the name of the schema of a type: `use-cases` of UseCases."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in form.__name__).lstrip("-")


PLACES: tuple[Place, ...] = (
    Place(path="index.json", title="What there is, the version of the data, the licence", form=Index),
    Place(path="dataset.json", title="Everything in one file, without the texts", form=Dataset),
    Place(path="dataset.sqlite", title="Everything as an SQLite database, with the notes", media=SQLITE),
    Place(path="kinds.json", title="The kinds, with groups and entries", form=Kinds),
    Place(path="criteria.json", title="The criteria by kind: question, allowed values, yardstick", form=Criteria),
    Place(path="entries.json", title="All entries with their status", form=Entries),
    Place(path="entries/{id}.json", title="An entry with its facts, ratings and figures", form=Entry),
    Place(path="pairs.json", title="All pairs", form=Pairs),
    Place(path="pairs/{one}-vs-{other}.json", title="Two entries side by side, ids in their order", form=Pair),
    Place(path="ratings.json", title="The ratings with their rules", form=Ratings),
    Place(path="use-cases.json", title="The use cases: needs, weights, ranking, shares of draws", form=UseCases),
    Place(path="measures.json", title="What was measured, the best first", form=Measures),
    Place(path="benchmarks.json", title="The newest valid run of the benchmarks", form=Benchmarks),
    Place(path="citations.json", title="The words of the facts, and whether they are still there", form=Citations),
    Place(path="csv/{table}.csv", title="All facts, every matrix and every measure as a table", media=CSV),
    Place(path="datapackage.json", title="The tables and their columns, as a Data Package"),
    Place(path="openapi.json", title="This API, as an OpenAPI 3.1 document"),
    Place(path="schema/{name}.json", title="The JSON Schema of each file"),
)
