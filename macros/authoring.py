"""The macros that pages in docs/ may use: `{{ matrix("async") }}`, `{{ entry_table("orms") }}` and the like."""

from __future__ import annotations

from typing import Any

from macros import checks, schema
from macros.build import BUILD
from macros.code_views import overview
from macros.measured_views import star_views
from macros.render import Renderer
from macros.views import MatrixView, Site, matrix_view

GUIDE_GROUPS = (
    ("build", "What you build"),
    ("run", "How it runs"),
    ("team", "Who builds it"),
    ("part", "Choosing a part"),
)


def _left(call: str, template: str, context: Any) -> str:
    def filler(renderer: Renderer, root: str) -> str:
        return renderer(template, root, **context(renderer.site))

    return BUILD.leave(call, filler)


def matrix(name: str) -> str:
    """Show a published matrix, or the full matrix of a kind."""
    return _left(f'matrix("{name}")', "matrix.html", lambda site: {"view": matrix_view(site, name), "page": False})


def entry_table(kind: str) -> str:
    """Show the entries of a kind, a line each."""

    def context(site: Site) -> dict[str, Any]:
        return {"kind": site.get("kind", site.catalog.kinds, kind), "entries": site.catalog.of_kind(kind)}

    return _left(f'entry_table("{kind}")', "entry_list.html", context)


def use_case(name: str) -> str:
    """Show the ranking of a use case."""

    def context(site: Site) -> dict[str, Any]:
        return {"ranking": site.get("use case", site.rankings, name), "page": False, "edit_url": None}

    return _left(f'use_case("{name}")', "use_case.html", context)


def cases() -> str:
    """Show the common use cases with their first two places."""

    def context(site: Site) -> dict[str, Any]:
        common = [ranking for ranking in site.rankings.values() if ranking.case.common]
        return {"rankings": sorted(common, key=lambda ranking: ranking.case.common or 0)}

    return _left("cases()", "cases.html", context)


def guide_index() -> str:
    """Show all use cases with their first three places."""
    return _left(
        "guide_index()",
        "guide.html",
        lambda site: {"groups": GUIDE_GROUPS, "rankings": list(site.rankings.values())},
    )


def matrix_views(site: Site) -> list[MatrixView]:
    """Return every matrix that has a page: the published ones, then the full ones of each kind with entries."""
    names = [*site.catalog.matrices, *(kind for kind in site.catalog.kinds if site.catalog.of_kind(kind))]
    return [matrix_view(site, name) for name in names]


def matrix_index() -> str:
    """Show all matrices, a line each."""
    return _left("matrix_index()", "matrix_list.html", lambda site: {"matrices": matrix_views(site)})


def pair_index() -> str:
    """Show every pair of entries, by kind."""
    return _left("pair_index()", "compare.html", lambda site: {})


def picker(kind: str = "frameworks") -> str:
    """Let the reader pick entries of a kind to compare."""

    def context(site: Site) -> dict[str, Any]:
        return {"kind": site.get("kind", site.catalog.kinds, kind), "entries": site.catalog.of_kind(kind)}

    return _left(f'picker("{kind}")', "picker.html", context)


def libraries() -> str:
    """Show the entries of all kinds but frameworks."""
    return _left("libraries()", "libraries.html", lambda site: {})


def stacks() -> str:
    """Show the recommended stacks."""
    return _left("stacks()", "stacks.html", lambda site: {})


def spring() -> str:
    """Show Spring's parts and concepts with what answers to them."""

    def context(site: Site) -> dict[str, Any]:
        names = site.catalog.concepts.entries if site.catalog.concepts else ()
        return {"matrices": matrix_views(site), "entries": [site.catalog.entries[name] for name in names]}

    return _left("spring()", "spring.html", context)


def scales() -> str:
    """Show what each value of the shared scales means."""
    return _left("scales()", "scales.html", lambda site: {})


def choices() -> str:
    """Show what the values of single criteria mean."""
    return _left("choices()", "choices.html", lambda site: {})


def rating_rules() -> str:
    """Show each rating's rule."""
    return _left("rating_rules()", "rules.html", lambda site: {})


def field_tables() -> list[dict[str, Any]]:
    """Return the keys of an entry's record and of what stands in it, from the schema."""
    shown: dict[str, type[schema.Record]] = {
        "An entry": schema.Entry,
        "evidence": schema.Evidence,
        "A fact, in its long form": schema.Fact,
        "best-for, strengths, trade-offs": schema.Trait,
        "relations": schema.Relation,
        "outside": schema.Outside,
        "history": schema.Event,
        "inherits": schema.Inheritance,
        "spring": schema.Spring,
    }
    return [
        {
            "title": title,
            "name": model.__name__,
            "fields": [
                {"key": f.alias or name, "required": f.is_required(), "description": f.description or ""}
                for name, f in model.model_fields.items()
            ],
        }
        for title, model in shown.items()
    ]


def code_overview() -> str:
    """Show the tasks, what every application takes, and the lines by task."""
    return _left("code_overview()", "code.html", lambda site: {"view": overview(site.sides)})


def stars() -> str:
    """Show an article's stars beside the computed ratings, and where the two order entries otherwise."""
    return _left("stars()", "stars.html", lambda site: {"views": star_views(site.catalog, site.scores)})


def fields() -> str:
    """Show the keys of a record."""
    return _left("fields()", "fields.html", lambda site: {"models": field_tables()})


def check_rules() -> str:
    """Show what the checks hold, from the docstrings of the rules."""
    texts = [" ".join((rule.__doc__ or "").split()) for rule in checks.RULES]
    return _left("check_rules()", "check_rules.html", lambda site: {"rules": texts})


def figures() -> str:
    """Show how much there is: entries, facts, pages read, pairs, use cases."""

    def context(site: Site) -> dict[str, Any]:
        found = site.catalog
        shown = [
            ("Entries", len(found.entries), "frameworks/"),
            ("Facts", found.fact_count, "matrix/"),
            ("Pages read", found.source_count, "method/"),
            ("Pairs", found.pair_count, "compare/"),
            ("Use cases", len(found.use_cases), "guide/"),
            (
                "Last read",
                max((e.last_checked for e in found.entries.values()), default=found.today),
                "method/",
            ),
        ]
        return {"figures": [(label, _figure(value), target) for label, value, target in shown]}

    return _left("figures()", "figures.html", context)


def _figure(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value.day} {value:%b %Y}"
