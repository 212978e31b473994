"""Whose page an address is, whose release it describes, and the rules about both."""

from __future__ import annotations

import re
from datetime import date

import pytest

from macros.catalog.projects import Projects, outside_packages
from macros.checks.load import load
from macros.reading.folders import Folders
from macros.reading.measurements import Measurements
from macros.schema import Entry
from macros.schema.addresses import is_below
from macros.views.site import Site
from tests.unit.spoiling import ALPHA, BETA, spoil

DAY = date(2026, 11, 20)
STATED = 'https://alpha.example.org/async/\n    version: "2.9"'


def record(name: str, **given: object) -> Entry:
    """Return a record with the given keys; its one page is its website."""
    website = f"https://{name}.example.org/"
    stated = {
        "name": name.title(), "tile": "Ab", "language": "Python", "website": website,
        "summary": "What it is, in one sentence.",
        "evidence": [{"source": website, "checked": DAY, "facts": {"orm": "none"}}],
    }  # fmt: skip
    return Entry.model_validate({**stated, **given})


@pytest.mark.parametrize(
    ("address", "home", "is_own"),
    [
        ("https://docs.example.org/en/6.1/topics/", "https://docs.example.org/", True),
        ("https://docs.example.org", "https://docs.example.org/", True),
        ("https://DOCS.example.org/x", "https://docs.example.org/", True),
        ("https://docs.example.org/x?page=2#part", "https://docs.example.org/x/", True),
        ("https://docs.example.org/#part", "https://docs.example.org", True),
        ("https://docs.example.org.evil.example/", "https://docs.example.org/", False),
        ("https://evil-docs.example.org/", "https://docs.example.org/", False),
        ("https://sub.docs.example.org/", "https://docs.example.org/", False),
        ("https://docs.example.org@evil.example/", "https://docs.example.org/", False),
        ("https://docs.example.org:8443/", "https://docs.example.org/", False),
        ("https://github.com/example/alpha-tools/blob/main/x.py", "https://github.com/example/alpha", False),
        ("https://github.com/example/alpha/blob/main/x.py", "https://github.com/example/alpha", True),
        ("https://github.com/example", "https://github.com/example/alpha", False),
        ("https://docs.example.org/2.1/", "https://docs.example.org/2", False),
    ],
)
def test_a_page_is_below_its_home_by_host_and_whole_parts_of_the_path(address, home, is_own):
    assert is_below(address, home) is is_own


def test_an_entry_owns_its_website_its_repository_and_its_documentation():
    own = record(
        "alpha",
        repository="https://github.com/example/alpha",
        documentation=[{"address": "https://docs.example.net/alpha/", "files": "docs"}],
    )
    assert own.owns("https://alpha.example.org/guide/")
    assert own.owns("https://github.com/example/alpha/blob/1.0/README.rst")
    assert own.owns("https://docs.example.net/alpha/async/")
    assert not own.owns("https://docs.example.net/alphabet/")
    assert not own.owns("https://docs.example.net/")


def project_of(records: dict[str, Entry], entry: str, **page: object) -> str | None:
    stated = records[entry].evidence[0].model_copy(update=page)
    found = Projects(records, Measurements()).of_page(entry, stated)
    return found.name if found else None


def test_a_page_belongs_to_the_entry_that_owns_it_the_closest_home_first():
    records = {
        "alpha": record("alpha", package="pkg:pypi/alpha"),
        "omega": record("omega", package="pkg:pypi/omega", documentation=[{"address": "https://alpha.example.org/x/"}]),
        "beta": record("beta", package="pkg:pypi/beta"),
    }
    assert project_of(records, "beta", source="https://beta.example.org/y/") == "Beta"
    assert project_of(records, "beta", source="https://alpha.example.org/y/") == "Alpha"
    assert project_of(records, "beta", source="https://alpha.example.org/x/y/") == "Omega"
    assert project_of(records, "alpha", source="https://alpha.example.org/x/y/") == "Alpha", "its own page comes first"
    assert project_of(records, "beta", source="https://elsewhere.example.net/") is None


def test_an_entry_without_a_package_is_released_with_the_one_whose_pages_it_shares():
    home = [{"address": "https://alpha.example.org/"}]
    records = {"alpha": record("alpha", package="pkg:pypi/alpha"), "part": record("part", documentation=home)}
    assert project_of(records, "part", source="https://alpha.example.org/part/") == "Alpha"
    assert project_of(records, "part", source="https://part.example.org/") == "Part"


def test_what_of_names_comes_before_the_address():
    records = {"alpha": record("alpha", package="pkg:pypi/alpha"), "beta": record("beta", package="pkg:pypi/beta")}
    assert project_of(records, "alpha", of="beta") == "Beta"
    assert project_of(records, "alpha", of="pkg:pypi/beta") == "Beta"
    assert project_of(records, "alpha", of="pkg:npm/%40scope/other") == "@scope/other"


def test_the_registries_are_asked_about_packages_that_no_entry_has():
    pages = [
        {"source": "https://x.example.org/", "version": "1.0", "of": of, "checked": DAY, "facts": {"orm": "none"}}
        for of in ("pkg:pypi/beta", "pkg:pypi/zeta", "pkg:npm/eta", "beta")
    ]  # fmt: skip
    records = [record("alpha", evidence=pages), record("beta", package="pkg:pypi/beta")]
    assert outside_packages(records) == ["pkg:npm/eta", "pkg:pypi/zeta"]


def test_a_fact_follows_the_releases_of_the_project_whose_page_it_is(data, today):
    """Alpha cites a page of Gamma, whose newest release is 22.1."""
    spoil(data / ALPHA, STATED, 'https://gamma.example.org/x/\n    version: "21.0"')
    fact = load(Folders.around(data), today).entries["alpha"].facts["async-handlers"]
    assert (fact.of, fact.version) == ("Gamma", "21.0")
    assert fact.aged
    assert fact.aged.since == "22.1"
    assert not fact.current


def test_a_package_without_an_entry_has_its_own_releases(data, today):
    reading = (data / "measured/registry/gamma.json").read_text(encoding="utf-8")
    outside = reading.replace('"pkg:npm/gamma"', '"pkg:pypi/alpha-channels"').replace(
        '"entry": "gamma"', '"entry": null'
    )
    outside = outside.replace('"not-available": {', '"not-available": {"entry": "its pages are cited",')
    (data / "measured/registry/pypi-alpha-channels.json").write_text(outside, encoding="utf-8")
    catalog = load(Folders.around(data), today)
    fact = catalog.entries["alpha"].facts["websockets"]
    assert fact.aged
    assert (fact.of, fact.aged.since) == ("alpha-channels", "22.1")
    assert catalog.entries["alpha"].reading is None


def test_a_fact_about_older_documentation_does_not_follow_releases(data, today):
    spoil(data / "criteria/frameworks.yml", "id: async-handlers", "id: async-handlers\n        ages-by: days")
    spoil(data / ALPHA, STATED, 'https://gamma.example.org/x/\n    version: "21.0"')
    assert load(Folders.around(data), today).entries["alpha"].facts["async-handlers"].aged is None


def test_the_newest_release_read_is_one_of_the_entry_itself(data, today):
    spoil(data / ALPHA, STATED, 'https://gamma.example.org/x/\n    version: "21.0"')
    assert load(Folders.around(data), today).entries["alpha"].newest_version == "2.10"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'version: "2.9"',
            '▸version: "5.x"',
            'version "5.x" is not a release. Write the numbers of the release that was read, such as 5.2.1; '
            "the repository of the pages or the changelog tells it.",
        ),
        (
            '    version: "9.0"\n    of: pkg:pypi/alpha-channels',
            '    ▸version: "9.0"',
            'version "9.0" is not that of Alpha: the page is not its own, nor that of another entry. Add of: and the '
            "package whose release it is, such as pkg:pypi/channels; or, if the page is its own, the address under "
            "documentation.",
        ),
        (
            'version: "9.0"\n    of: pkg:pypi/alpha-channels',
            "▸of: pkg:pypi/alpha-channels",
            "of says whose release version is, but there is no version. Add it, or remove of.",
        ),
        (
            "of: pkg:pypi/alpha-channels",
            "▸of: betta",
            'of "betta" is not the id of an entry. Did you mean beta? Write the id of an entry, or a package URL such '
            "as pkg:pypi/channels.",
        ),
        (
            "of: pkg:pypi/alpha-channels",
            '▸of: "pkg:pypi/"',
            'of "pkg:pypi/" is not a package URL. Write pkg:pypi/NAME or pkg:npm/NAME (a scope as '
            "pkg:npm/%40scope/name).",
        ),
        (
            'version: "9.0"\n    of: pkg:pypi/alpha-channels',
            '▸version: "99.0"\n    of: gamma',
            'version "99.0" is newer than the newest release of Gamma, 22.1.0 (as of 2026-11-20). Write the release '
            "that the page describes; if that one is out by now, run make lab-registry.",
        ),
    ],
)
def test_what_is_wrong_with_a_release_is_said_once_with_the_cure(data, problems_of, old, new, message):
    place = spoil(data / ALPHA, old, new)
    assert problems_of(data) == [f"data/{ALPHA}:{place}: {message}"]


def test_a_page_of_another_entry_needs_no_of(data, problems_of):
    spoil(data / BETA, "    checked:", '    version: "1.0"\n    checked:')
    spoil(data / BETA, "source: https://beta.example.org/", "source: https://gamma.example.org/y/")
    assert problems_of(data) == []


def test_a_cell_names_whose_release_it_shows_and_which_was_probed(site, data, today, pages_of):
    def words(pages: dict[str, str], address: str) -> str:
        return " ".join(re.sub(r"<[^>]+>", "", pages[address]).split())

    pages = pages_of(site)
    assert "◐ documented alpha-channels 9.0 " in words(pages, "frameworks/alpha/")
    assert "◐ documented Alpha 2.10 " in words(pages, "frameworks/alpha-rest/")
    assert "● probed 22.1.0 with" in words(pages, "frameworks/gamma/")
    spoil(data / "measured/probes/gamma.json", '  "version": "22.1.0"', '  "version": "22.0.9"')
    older = words(pages_of(Site(load(Folders.around(data), today))), "frameworks/gamma/")
    assert "◔ probed before 22.1 22.0.9 with" in older
