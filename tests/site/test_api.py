"""What is published for programs: small, in the form of its schemas, with the figures that the pages print."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from macros.schema import routes
from macros.views.api.contents import PLACES
from macros.views.api.examples import PROGRAMS, source
from tests.api_files import as_data, place_of, strict
from tests.conftest import SITE_URL
from tools import npm

MOST_BYTES = 200 * 1000
"""Of the whole in one file, packed with gzip."""


@pytest.fixture(scope="module")
def data(built):
    root = built / routes.API
    return {file.relative_to(root).as_posix(): as_data(file.read_bytes()) for file in root.rglob("*.json")}


def test_the_whole_in_one_file_is_small(built, record_property):
    packed = len(gzip.compress((built / routes.API / "dataset.json").read_bytes(), 6))
    record_property("kB of dataset.json, packed", round(packed / 1000))
    assert packed < MOST_BYTES


def test_every_file_has_the_form_that_its_schema_describes(data):
    validators = {place.schema: Draft202012Validator(strict(data[place.schema])) for place in PLACES if place.schema}
    wrong = [
        f"{path}: {error.json_path}: {error.message}"
        for path, content in data.items()
        if place_of(path).schema
        for error in validators[place_of(path).schema].iter_errors(content)
    ]
    assert wrong == []


def test_the_openapi_document_of_the_published_site_is_in_order(published):
    document = as_data((published / routes.API / "openapi.json").read_bytes())
    validate(document)
    assert document["servers"] == [{"url": f"{SITE_URL}{routes.API}"}]


def test_every_address_in_the_files_leads_somewhere(data, pages, built):
    def addresses(value):
        if isinstance(value, dict):
            for key, item in value.items():
                if key in ("path", "file") and isinstance(item, str):
                    yield key, item
                else:
                    yield from addresses(item)
        elif isinstance(value, list):
            for item in value:
                yield from addresses(item)

    described = ("index.json", "datapackage.json", "openapi.json")
    found = {
        one
        for path, content in data.items()
        if path not in described and not path.startswith("schema/")
        for one in addresses(content)
    }
    assert {key for key, _ in found} == {"path", "file"}
    for key, address in found:
        url, _, anchor = address.partition("#")
        if key == "file":
            assert address in data
        else:
            assert url in pages, address
            assert not anchor or anchor in pages[url].ids, address


def test_ratings_are_the_figures_of_the_matrix(data, pages):
    cells = re.findall(
        r'<td id="([a-z0-9-]+?)--([a-z0-9-]+)"[^>]*>(.*?)</td>', pages["matrix/ratings/"].html, re.DOTALL
    )
    printed = {(rating, entry): re.search(r'<b class="number">([\d.]+)</b>', cell) for rating, entry, cell in cells}
    known = {(one["id"], score["entry"]): score for one in data["ratings.json"]["ratings"] for score in one["scores"]}
    assert printed
    assert {key: float(found[1]) if found else None for key, found in printed.items()} == {
        key: known[key]["value"] for key in printed
    }


def test_points_are_the_figures_of_the_guide(data, pages):
    row = re.compile(r'<tr id="([a-z0-9-]+)" class="(?:first|behind)">.*?<td class="points">(.*?)</td>', re.DOTALL)
    for case in data["use-cases.json"]["use_cases"]:
        printed = [(entry, re.sub(r"<.*?>|\s", "", cell)) for entry, cell in row.findall(pages[case["path"]].html)]
        assert printed == [(one["entry"], one["points"]) for one in case["ranking"]], case["id"]


def test_figures_are_those_of_the_pages_of_measures(data, pages):
    row = re.compile(r'<tr id="([a-z0-9-]+)">.*?<b class="number">(.*?)</b>', re.DOTALL)
    for measure in data["measures.json"]["measures"]:
        if measure["path"]:
            printed = [(entry, unescape(text)) for entry, text in row.findall(pages[measure["path"]].html)]
            assert printed == [(one["entry"], one["text"]) for one in measure["values"]], measure["path"]


def test_pages_lead_to_what_programs_read_of_them(pages, real):
    expected = {entry.url: routes.of_entry(entry.id) for entry in real.entries.values()}
    for kind in real.kinds:
        expected |= {f"compare/{one.id}-vs-{two.id}/": routes.of_pair(one.id, two.id) for one, two in real.pairs(kind)}
    expected |= {f"matrix/{name}/": routes.of_matrix(name) for name in real.matrices}
    for url, file in expected.items():
        targets = {target for reference, target, _ in pages[url].internal("/") if reference.tag == "a"}
        assert f"{routes.API}{file}" in targets, url


def test_the_page_shows_the_examples_with_the_address_of_the_site(pages, published_pages):
    for name in PROGRAMS:
        assert source(name, SITE_URL) in "".join(published_pages["api/"].text)
        assert source(name, "") in "".join(pages["api/"].text)


def run(command: list[str], folder) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_for_curl_runs(at_prefix, tmp_path, published):
    if not shutil.which("curl"):
        pytest.skip("there is no curl on this machine")
    (tmp_path / "example.sh").write_text(source("curl", at_prefix), encoding="utf-8")
    run(["sh", "example.sh"], tmp_path)
    assert (tmp_path / "facts.csv").read_bytes() == (published / routes.API / "csv/facts.csv").read_bytes()


def test_the_example_for_python_runs(at_prefix, tmp_path, real):
    (tmp_path / "example.py").write_text(source("python", at_prefix), encoding="utf-8")
    said = run([sys.executable, "-I", "example.py"], tmp_path).splitlines()
    assert said == [
        f"{entry.name} ({entry.status.word}): {sum(fact.current for fact in entry.facts.values())} of {entry.answered}"
        for _, entry in sorted(real.entries.items())
    ]


def test_the_example_for_javascript_runs(at_prefix, tmp_path, data):
    (tmp_path / "example.mjs").write_text(source("javascript", at_prefix), encoding="utf-8")
    node, _ = npm.commands("the example for JavaScript")
    said = run([node, "example.mjs"], tmp_path).splitlines()
    assert said == [
        f"{case['name']}: {', '.join(case['band']) or 'not ranked'}" for case in data["use-cases.json"]["use_cases"]
    ]
