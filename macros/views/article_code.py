"""The code blocks of an article together: how many run, what is wrong with them, what they leave to the reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from macros import schema
from macros.catalog.model import Catalog
from macros.code import highlight
from macros.schema import routes
from macros.schema.measured.base import day_of
from macros.schema.measured.blocks import BlockRuns
from macros.views.blocks import BesideFile, BlockView, beside_file, block_view


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """The code blocks of an article, in their order."""

    id: str
    url: str
    article: schema.Article
    blocks: tuple[BlockView, ...]
    beside: tuple[tuple[BesideFile, Markup], ...]
    """The files that blocks use and the article leaves to its reader, each once."""
    runs: BlockRuns

    @property
    def source(self) -> str:
        """Return who published the article, or what it is called."""
        return self.article.publisher or self.article.name

    @property
    def installed(self) -> tuple[tuple[str, str], ...]:
        """Return which packages were installed for which entries."""
        return tuple(
            (name.replace("-", ", "), ", ".join(f"{package} {version}" for package, version in versions.items()))
            for name, versions in self.runs.environments.items()
        )

    @property
    def day(self) -> date:
        """Return the day of the run."""
        return day_of(self.runs.moment)

    @property
    def as_printed(self) -> int:
        """Return how many blocks run as they are printed."""
        return sum(1 for block in self.blocks if block.alone.outcome.ended != "fails")

    @property
    def in_context(self) -> int:
        """Return how many more run with what they take for granted."""
        ends = (block.context for block in self.blocks)
        return sum(1 for end in ends if end and end.outcome.ended != "fails")

    @property
    def not_at_all(self) -> int:
        """Return how many run neither way."""
        return len(self.blocks) - self.as_printed - self.in_context

    @property
    def faults(self) -> tuple[tuple[str, int], ...]:
        """Return how many findings there are of each fault, by its word."""
        counted = Counter(str(finding.record.fault) for block in self.blocks for finding in block.findings)
        return tuple((schema.FAULTS[fault], counted[fault]) for fault in schema.FAULTS if counted[fault])

    @property
    def tests(self) -> int:
        """Return how many tests today's forms have."""
        return sum(len(block.run.tests) for block in self.blocks)

    @property
    def passed(self) -> int:
        """Return how many of them passed."""
        return sum(block.passed for block in self.blocks)


def article_view(catalog: Catalog) -> ArticleView | None:
    """Return the code blocks of the article that has any, or None where none does."""
    runs = catalog.readings.blocks
    if not catalog.blocks or not runs:
        return None
    by_line = sorted(catalog.blocks.items(), key=lambda item: item[1].lines)
    article = by_line[0][1].article
    shown = [name for name, record in by_line if record.article == article]
    numbers = {name: number for number, name in enumerate(shown, 1)}
    files = {
        name: (run.beside[name], run.language) for run in (runs.blocks[block] for block in shown) for name in run.beside
    }
    return ArticleView(
        id=article,
        url=routes.ARTICLE_CODE,
        article=catalog.articles[article],
        blocks=tuple(block_view(catalog, name, numbers) for name in shown),
        beside=tuple((beside_file(name), highlight.highlight(*source)) for name, source in files.items()),
        runs=runs,
    )
