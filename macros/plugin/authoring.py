"""The macros that pages in docs/ may use: `{{ matrix("async") }}`, `{{ entry_table("orms") }}` and the like."""

from __future__ import annotations

from typing import Any

from macros.catalog.constants import SHOWN
from macros.checks import rules as checks_rules
from macros.plugin.state import BUILD
from macros.reading.documents import suggestion
from macros.rendering.environment import Renderer
from macros.schema.routes import API
from macros.views.api.contents import PLACES
from macros.views.api.examples import examples
from macros.views.code import overview
from macros.views.guide import case_groups, common_cases, heard, heat_map
from macros.views.home import glance_view, start_view
from macros.views.kinds import kind_table, kind_tables
from macros.views.lists import FRAMEWORKS, KindView, kind_views, spring_view
from macros.views.matrices import matrix_view, matrix_views
from macros.views.measures import measure_views
from macros.views.method import implication_views, key_tables, own_values, rule_views, yardstick_groups
from macros.views.proofs import proof_table
from macros.views.site import Site, UnknownNameError
from macros.views.stacks import stack_views
from macros.views.stars import star_views
from macros.views.text import long_date, number
from macros.views.use_case import case_view


def _placeholder(call: str, template: str, context: Any) -> str:
    def filler(renderer: Renderer, root: str) -> str:
        return renderer(template, root, **context(renderer.site))

    return BUILD.placeholder(call, filler)


def matrix(name: str) -> str:
    """Show a published matrix, or the full matrix of a kind."""

    def context(site: Site) -> dict[str, Any]:
        return {"view": matrix_view(site, name, measured=True), "page": False}

    return _placeholder(f'matrix("{name}")', "matrix.html", context)


def entry_table(kind: str) -> str:
    """Show the entries of a kind, a line each."""

    def context(site: Site) -> dict[str, Any]:
        site.get("kind", site.catalog.kinds, kind)
        return {"view": kind_table(site, site.catalog.kinds[kind])}

    return _placeholder(f'entry_table("{kind}")', "entry_list.html", context)


def use_case(name: str) -> str:
    """Show the ranking of a use case."""

    def context(site: Site) -> dict[str, Any]:
        site.get("use case", site.rankings, name)
        return {"view": case_view(site.catalog, site.rankings[name]), "page": False, "edit_url": None}

    return _placeholder(f'use_case("{name}")', "use_case.html", context)


def cases() -> str:
    """Show the common use cases with their first two entries."""
    return _placeholder("cases()", "cases.html", lambda site: {"lines": common_cases(site.rankings.values())})


def start() -> str:
    """Ask what the reader came for: what they build, which two they compare, or whether one is alive."""
    return _placeholder("start()", "start.html", lambda site: {"view": start_view(site)})


def at_a_glance() -> str:
    """Show which frameworks take how much memory, and which entries nobody should choose any more."""
    return _placeholder("at_a_glance()", "at_a_glance.html", lambda site: {"view": glance_view(site)})


def guide_index() -> str:
    """Show where every framework stands in every use case, and the first entries of use cases of other kinds."""

    def context(site: Site) -> dict[str, Any]:
        found = tuple(site.rankings.values())
        others = (ranking for ranking in found if ranking.case.kind != FRAMEWORKS)
        return {
            "heat": heat_map(site.catalog, found, FRAMEWORKS),
            "groups": case_groups(others),
            "heard": heard(found),
            "by_case": tuple((ranking, heard((ranking,))) for ranking in found),
        }

    return _placeholder("guide_index()", "guide.html", context)


def matrix_index() -> str:
    """Show all matrices, a line each."""

    def context(site: Site) -> dict[str, Any]:
        found = site.catalog.readings
        return {"matrices": matrix_views(site), "health": bool(found.registry), "behaviour": bool(found.runs)}

    return _placeholder("matrix_index()", "matrix_list.html", context)


def comparison() -> str:
    """Leave room for entries side by side, which the address names and a script shows."""
    return _placeholder("comparison()", "comparison.html", lambda site: {})


def pair_index() -> str:
    """Show every pair of entries, by kind."""
    return _placeholder("pair_index()", "compare.html", lambda site: {"kinds": kind_views(site.catalog)})


def picker(kind: str = "frameworks") -> str:
    """Let the reader pick entries of a kind to compare."""

    def context(site: Site) -> dict[str, Any]:
        site.get("kind", site.catalog.kinds, kind)
        return {"view": KindView(kind=site.catalog.kinds[kind], entries=site.catalog.of_kind(kind))}

    return _placeholder(f'picker("{kind}")', "picker.html", context)


def questions() -> str:
    """Show every question that has a page, by kind: measures, criteria, use cases."""

    def context(site: Site) -> dict[str, Any]:
        kinds = [view.kind for view in kind_views(site.catalog)]
        measured = list(measure_views(site.catalog).values())
        return {
            "kinds": kinds,
            "measured": {kind.id: [view for view in measured if view.kind is kind] for kind in kinds},
            "cases": site.catalog.use_cases,
        }

    return _placeholder("questions()", "questions.html", context)


def libraries() -> str:
    """Show the entries of all kinds but frameworks."""
    return _placeholder("libraries()", "libraries.html", lambda site: {"kinds": kind_tables(site)})


def stacks() -> str:
    """Show the recommended stacks."""
    return _placeholder("stacks()", "stacks.html", lambda site: {"views": stack_views(site.catalog)})


def spring() -> str:
    """Show Spring's parts and concepts with what answers to them."""

    def context(site: Site) -> dict[str, Any]:
        return {"view": spring_view(site.catalog, tuple(matrix_views(site)))}

    return _placeholder("spring()", "spring.html", context)


def scales() -> str:
    """Show what each value of the shared scales means."""
    return _placeholder("scales()", "scales.html", lambda site: {"scales": site.catalog.scales})


def choices() -> str:
    """Show what the values of single criteria mean."""
    return _placeholder("choices()", "choices.html", lambda site: {"kinds": own_values(site.catalog)})


def rating_rules() -> str:
    """Show each rating's rule."""
    return _placeholder("rating_rules()", "rules.html", lambda site: {"views": rule_views(site.catalog)})


def code_overview() -> str:
    """Show the tasks, what every application takes, and the lines by task."""

    def context(site: Site) -> dict[str, Any]:
        return {"view": overview(site.sides), "first": site.most_mentioned(site.sides)}

    return _placeholder("code_overview()", "code.html", context)


def proofs() -> str:
    """Show what confirms the facts of each entry: words found again, runs, counted words, or a reader alone."""
    return _placeholder("proofs()", "proofs.html", lambda site: {"table": proof_table(site.catalog.entries.values())})


def stars() -> str:
    """Show an article's stars beside the computed ratings, and where the two order entries otherwise."""
    return _placeholder("stars()", "stars.html", lambda site: {"views": star_views(site.catalog, site.scores)})


def fields() -> str:
    """Show the keys of a record."""
    return _placeholder("fields()", "fields.html", lambda site: {"tables": key_tables()})


def check_rules() -> str:
    """Show what the checks hold, from the docstrings of the rules."""
    texts = [" ".join((rule.__doc__ or "").split()) for rule in checks_rules.RULES]
    return _placeholder(
        "check_rules()",
        "check_rules.html",
        lambda site: {"rules": texts, "implications": implication_views(site.catalog)},
    )


def yardsticks() -> str:
    """Show how to decide between values that readers could confuse, with two cases each."""
    return _placeholder("yardsticks()", "yardsticks.html", lambda site: {"groups": yardstick_groups(site.catalog)})


def constant(name: str) -> str:
    """Return a figure of the published rules, as text."""
    if name not in SHOWN:
        raise UnknownNameError(f'there is no constant "{name}".{suggestion(name, SHOWN)} There are {", ".join(SHOWN)}.')
    return SHOWN[name]


def glossary() -> str:
    """Show the site's own words with what they mean."""
    return _placeholder("glossary()", "glossary.html", lambda site: {"terms": site.catalog.glossary})


def api_places() -> str:
    """Show the addresses of the files for programs."""
    return _placeholder("api_places()", "api_places.html", lambda site: {"places": PLACES, "api": API})


def api_examples() -> str:
    """Show programs that read these files."""
    site_url = BUILD.inputs.site_url if BUILD.inputs else ""
    return _placeholder("api_examples()", "api_examples.html", lambda site: {"examples": examples(site_url)})


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
        ]
        last = max((entry.last_checked for entry in found.entries.values()), default=found.today)
        counted = [(label, number(value), target) for label, value, target in shown]
        return {"figures": [*counted, ("Last read", long_date(last), "method/")]}

    return _placeholder("figures()", "figures.html", context)
