"""What is promised of the real data."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.catalog import sources
from macros.catalog.build import build
from macros.catalog.model import Catalog
from macros.catalog.rankings import rank
from macros.checks import load as checks_load
from macros.checks.notices import notices
from macros.reading.folders import Folders

ROOT = Path(__file__).parents[2]
NAMED = {
    "frameworks": "fastapi django flask express starlette sanic tornado falcon pyramid quart responder masonite nameko "
    "litestar django-rest-framework django-ninja fastify nestjs aiohttp",
    "di-containers": "dependency-injector wired lagom fastapi-depends",
    "task-queues": "celery faust faust-streaming faststream",
    "orms": "django-orm sqlalchemy tortoise-orm",
    "validation": "pydantic marshmallow",
    "configuration": "dynaconf pydantic-settings python-decouple",
    "monitoring": "prometheus-fastapi-instrumentator django-health-check flask-vitals",
    "servers": "uvicorn gunicorn",
    "extensions": "flask-restful flask-sqlalchemy flask-migrate flask-caching flask-wtf flask-login",
}
"""Every entry that must have a page."""
RATINGS = "performance ease-of-learning ecosystem built-in-features api-development type-safety documentation"
SPRING = "spring-boot spring-core spring-mvc spring-webflux spring-cloud"
NOT_OURS = {"OFL.txt"}
"""Texts of others, which are not to be changed."""
NAMES = tuple(f"http://www.w3.org/{name}" for name in ("2000/svg", "2005/Atom", "1999/xhtml"))
"""Names of vocabularies, which nobody opens."""
ALLOWED = (*NAMES, "http://127.0.0.1")


@pytest.fixture(scope="module")
def found() -> sources.Sources:
    return sources.load(Folders.of(ROOT))


@pytest.fixture(scope="module")
def real(found) -> Catalog:
    return build(found, datetime.now(UTC).date())


def test_the_data_is_in_order(found):
    assert list(map(str, checks_load.all_problems(found, datetime.now(UTC).date()))) == []


@pytest.mark.parametrize("kind", NAMED)
def test_every_entry_named_has_a_page(real, kind):
    assert set(NAMED[kind].split()) <= {entry.id for entry in real.of_kind(kind)}


def test_at_least_45_questions_are_asked_of_frameworks(real):
    assert len(real.kinds["frameworks"].criteria) >= 45


@pytest.mark.parametrize("kind", NAMED)
def test_every_kind_named_asks_at_least_8_questions(real, kind):
    assert len(real.kinds[kind].criteria) >= 8


def test_every_entry_named_is_finished(real, found):
    """What is wanted of a finished entry is a notice for the others."""
    named = {real.entries[name].path for names in NAMED.values() for name in names.split()}
    said = [str(notice) for notice in notices(found, datetime.now(UTC).date()) if notice.path in named]
    assert [line for line in said if "not finished" in line or "Not measured" in line] == []


def test_every_use_case_is_one_that_an_article_or_a_witness_speaks_of(real):
    heard = {name for witness in real.witnesses.values() for said in witness.statements for name in said.cases}
    assert [name for name, case in real.use_cases.items() if not case.said and name not in heard] == []


def test_every_use_case_of_the_home_page_has_two_places(real):
    common = [name for name, case in real.use_cases.items() if case.common]
    assert len(common) >= 3
    assert [name for name in common if len(rank(real, name).placed) < 2] == []


def test_every_article_is_compared_with(real):
    said = {said.article for case in real.use_cases.values() for said in case.said}
    assert said == set(real.articles)


def test_the_ratings_named_are_there(real):
    assert set(RATINGS.split()) <= set(real.ratings)


def test_the_matrices_named_answer_to_spring(real):
    assert {name for name in SPRING.split() if real.matrices[name].spring} == set(SPRING.split())


def test_what_goes_on_elsewhere_says_so_on_both_pages(real):
    edges = {(entry.id, edge.label, edge.entry) for entry in real.entries.values() for edge in entry.edges}
    assert {("faust", "forked to", "faust-streaming"), ("faust-streaming", "fork of", "faust")} <= edges
    outside = {(entry.id, edge.label) for entry in real.entries.values() for edge in entry.edges if edge.outside}
    assert {("masonite", "renamed from"), ("lagom", "not to be confused with")} <= outside


def texts() -> list[Path]:
    files = [ROOT / "README.md", ROOT / "requirements.txt"]
    for folder in ("data", "docs", "macros"):
        files += [file for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return [file for file in files if file.name not in NOT_OURS]


def test_no_package_registry_is_named_anywhere():
    registry = re.compile(rb"pypi\.org|pythonhosted\.org|npmjs\.(com|org)", re.IGNORECASE)
    parts = [ROOT / name for name in ("lab", "tests", "tools", "overrides", ".github")]
    files = [file for part in parts for file in part.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    named = [
        file for file in (*texts(), *filter(Path.is_file, ROOT.iterdir()), *files) if registry.search(file.read_bytes())
    ]
    assert [str(file.relative_to(ROOT)) for file in named] == []


def test_no_address_is_unencrypted():
    address = re.compile(rb"http://[^\s\"'<>)]*", re.IGNORECASE)
    found = {(file.name, each.decode()) for file in texts() for each in address.findall(file.read_bytes())}
    assert {(name, each) for name, each in found if not each.startswith(ALLOWED)} == set()
