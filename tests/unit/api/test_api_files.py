"""The files for programs say what the catalog says, in the form that their schemas describe."""

from __future__ import annotations

import gc
import hashlib
import sqlite3
import weakref
from collections import Counter
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError
from openapi_spec_validator import validate

from macros.catalog.benchmarks import newest_valid
from macros.reading.measurements import Measurements
from macros.schema import routes
from macros.views.api.contents import PLACES
from macros.views.api.files import Api
from macros.views.measures import measure_views
from macros.views.pairs import pair_view
from macros.views.site import Site
from tests.api_files import as_data, files_of, place_of, strict

SITE_URL = "https://example.org/guide/"


@pytest.fixture(scope="module")
def files(site):
    return files_of(site)


@pytest.fixture(scope="module")
def data(files):
    return {path: as_data(content) for path, content in files.items() if path.endswith(".json")}


@pytest.fixture(scope="module")
def validators(data):
    """Return what refuses every field that a schema does not name, by the path of the schema."""
    return {
        place.schema: Draft202012Validator(
            strict(data[place.schema]), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for place in PLACES
        if place.schema
    }


@pytest.fixture
def database(files):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["dataset.sqlite"])
    yield connection
    connection.close()


def test_what_the_files_have_in_common_goes_with_the_last_of_them(site):
    """No circle of references keeps it: that is found only where Python looks for garbage, and it need not."""
    api = Api(site, "")
    gone = weakref.ref(api)
    made = [api.table(path).csv() for path in api.tables] + [api.dataset, api.database(), api.package()]
    assert all(made)
    gc.disable()
    try:
        del api
        assert gone() is None
    finally:
        gc.enable()


def test_every_file_has_the_form_that_its_schema_describes(data, validators):
    checked = Counter()
    for path, content in data.items():
        schema = place_of(path).schema
        if schema:
            validators[schema].validate(content)
            checked[schema] += 1
    assert set(checked) == set(validators)


@pytest.mark.parametrize(
    "change",
    [
        lambda fact: fact.pop("source"),
        lambda fact: fact.update(proof="hearsay"),
        lambda fact: fact.update(checked="yesterday"),
        lambda fact: fact.update(current=None),
        lambda fact: fact.update(stars=5),
    ],
)
def test_a_schema_refuses_what_is_otherwise(change, data, files, validators):
    entry = as_data(files["entries/alpha.json"])
    change(entry["facts"][0])
    with pytest.raises(ValidationError):
        validators["schema/entry.json"].validate(entry)


def test_schemas_are_schemas_and_say_what_their_types_are(data):
    for path, schema in data.items():
        if path.startswith("schema/"):
            Draft202012Validator.check_schema(schema)
            types = [schema, *schema.get("$defs", {}).values()]
            assert all(found["description"].endswith(".") for found in types), path


@pytest.mark.parametrize("site_url", ["", SITE_URL])
def test_the_openapi_document_is_in_order(site, site_url):
    document = as_data(files_of(site, site_url)["openapi.json"])
    validate(document)
    assert set(document["paths"]) == {f"/{place.path}" for place in PLACES}
    assert document["servers"] == [{"url": f"{site_url}{routes.API}" if site_url else "."}]


def test_the_index_names_every_file(files, data):
    index = data["index.json"]
    assert {place_of(path).path for path in files} == {one["file"] for one in index["resources"]}
    assert sorted(index["tables"]) == sorted(path for path in files if path.endswith(".csv"))
    assert {path for path in files if path.startswith("schema/")} == {
        one["schema"] for one in index["resources"] if one["schema"]
    }


def test_the_version_of_the_data_is_the_digest_of_the_whole(files, data):
    digest = hashlib.sha256(files["dataset.json"]).hexdigest()
    assert data["index.json"]["digest"] == digest
    assert digest[:12] in data["index.json"]["citation"]


def test_a_site_with_an_address_states_it(site):
    found = files_of(site, SITE_URL.rstrip("/"))
    index = as_data(found["index.json"])
    assert index["site"] == SITE_URL
    assert SITE_URL in index["citation"]
    assert as_data(found["schema/entry.json"])["$id"] == f"{SITE_URL}api/v1/schema/entry.json"
    assert as_data(found["datapackage.json"])["homepage"] == SITE_URL
    assert "$id" not in as_data(files_of(site)["schema/entry.json"])


def test_every_fact_is_there_with_its_evidence(catalog, data):
    for entry in catalog.entries.values():
        found = {fact["criterion"]: fact for fact in data[f"entries/{entry.id}.json"]["facts"]}
        assert list(found) == list(entry.facts)
        for name, fact in entry.facts.items():
            one = found[name]
            assert (one["value"], one["label"], one["note"]) == (fact.value, fact.text, fact.note)
            assert (one["source"], one["version"], one["at"]) == (fact.source, fact.version, fact.words.at)
            assert (one["checked"], one["proof"]) == (fact.checked.isoformat(), fact.proof)
            assert (one["current"], one["inherited_from"]) == (fact.current, fact.inherited_from)
            assert [answer["answer"] for answer in one["probed"]] == [answer.answer for answer in fact.probed]
        assert set(data[f"entries/{entry.id}.json"]["not_recorded"]) == set(entry.asked) - set(entry.facts)


def test_answers_of_probes_say_whether_they_show_the_value(catalog, data):
    shown = {
        (entry.id, name, answer.setup): answer in fact.agreeing
        for entry in catalog.entries.values()
        for name, fact in entry.facts.items()
        for answer in fact.probed
    }
    assert shown
    assert shown == {
        (entry, fact["criterion"], answer["setup"]): answer["agrees"]
        for entry in catalog.entries
        for fact in data[f"entries/{entry}.json"]["facts"]
        for answer in fact["probed"]
    }


def test_the_status_of_every_entry_is_told(catalog, data):
    told = {one["id"]: (one["status"]["word"], one["status"]["advised"]) for one in data["entries.json"]["entries"]}
    assert told == {name: (entry.status.word, not entry.told) for name, entry in catalog.entries.items()}


def test_the_list_of_entries_says_what_their_files_say(data):
    for one in data["entries.json"]["entries"]:
        assert one.items() <= data[one["file"]].items()


def test_a_pair_is_what_its_page_shows(site, data):
    pairs = [pair for kind in site.catalog.kinds for pair in site.catalog.pairs(kind)]
    assert len(data["pairs.json"]["pairs"]) == len(pairs) > 0
    for line, (one, other) in zip(data["pairs.json"]["pairs"], pairs, strict=True):
        view, found = pair_view(site, one, other), data[line["file"]]
        shown = (view.differ_count, view.agree_count, len(view.unknown))
        assert (line["differ"], line["agree"], line["not_recorded"]) == shown
        assert (len(found["differ"]), len(found["agree"]), len(found["not_recorded"])) == shown
        assert found["path"] == view.url
        asked = [question for section in view.differ for question in section.questions]
        assert [(one["criterion"], one["one"], one["other"]) for one in found["differ"]] == [
            (question.criterion.id, *(fact.value for fact in question.facts)) for question in asked
        ]


def test_ratings_are_those_of_the_pages(site, data):
    found = {(one["id"], score["entry"]): score for one in data["ratings.json"]["ratings"] for score in one["scores"]}
    expected = {(score.id, entry): score for entry, scores in site.scores.items() for score in scores}
    assert {key: score["value"] for key, score in found.items()} == {key: one.value for key, one in expected.items()}
    assert all((score["value"] is None) == bool(score["missing"]) for score in found.values())
    for entry in site.catalog.entries:
        own = {score["rating"]: score["value"] for score in data[f"entries/{entry}.json"]["ratings"]}
        assert own == {score.id: score.value for score in site.scores[entry]}


def test_use_cases_are_ranked_as_on_their_pages(site, data):
    for found in data["use-cases.json"]["use_cases"]:
        ranking = site.rankings[found["id"]]
        assert [(one["entry"], one["place"], one["points"]) for one in found["ranking"]] == [
            (placed.entry.id, placed.place, placed.points) for placed in ranking.placed
        ]
        assert found["band"] == [placed.entry.id for placed in ranking.band]
        assert [one["entry"] for one in found["excluded"]] == [one.entry.id for one in ranking.excluded]
        assert [one["entry"] for one in found["doubtful"]] == [one.entry.id for one in ranking.doubtful]
        assert sum(weight["share"] for weight in found["weights"]) == pytest.approx(1, abs=1e-4)
    assert any(one["ranking"] for one in data["use-cases.json"]["use_cases"])


def test_measures_are_those_of_the_pages(catalog, data):
    found = {(one["kind"], one["id"]): one for one in data["measures.json"]["measures"]}
    views = measure_views(catalog)
    assert views
    assert {key for key, one in found.items() if one["path"]} == set(views)
    for key, view in views.items():
        assert found[key]["path"] == view.url
        shown = [(row.entry.id, row.reading.value, row.text) for row in view.rows]
        assert [(one["entry"], one["value"], one["text"]) for one in found[key]["values"]] == shown


def test_benchmarks_are_those_of_the_newest_valid_run(catalog, data):
    run, found = newest_valid(catalog.readings.benchmarks), data["benchmarks.json"]["run"]
    assert set(found["stacks"][0]) > {"entry", "server"}
    assert [stack["id"] for stack in found["stacks"]] == list(run.stacks)
    for workload in found["workloads"]:
        for order in workload["orders"]:
            kept = run.order(order["metric"], workload["id"])
            bands = [
                [one["stack"] for one in order["estimates"] if one["band"] == n + 1] for n in range(len(kept.bands))
            ]
            assert bands == [list(band.stacks) for band in kept.bands]
            assert all(one["low"] <= one["median"] <= one["high"] for one in order["estimates"])


def test_words_are_those_of_the_records(catalog, data):
    found = {(one["entry"], one["criterion"]): one["at"] for one in data["citations.json"]["citations"]}
    stated = {
        (entry.id, name): fact.words.at
        for entry in catalog.entries.values()
        for name, fact in entry.facts.items()
        if fact.words.at and not fact.inherited_from
    }
    assert found == stated


def test_the_whole_in_one_file_has_every_fact_and_no_text(catalog, data, files):
    for name, entry in catalog.entries.items():
        facts = data["dataset.json"]["entries"][name]["facts"]
        assert {one: fact["value"] for one, fact in facts.items()} == {
            one: fact.value for one, fact in entry.facts.items()
        }
    notes = {fact.note for entry in catalog.entries.values() for fact in entry.facts.values() if fact.note}
    assert notes
    assert not [note for note in notes if note in files["dataset.json"].decode()]


def test_the_database_is_sound_and_has_every_fact(database, catalog, site):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    facts = database.execute("SELECT entry, criterion, value, note, source, checked FROM facts").fetchall()
    assert sorted(facts, key=lambda row: row[:2]) == sorted(
        (entry.id, name, fact.value, fact.note, fact.source, fact.checked.isoformat())
        for entry in catalog.entries.values()
        for name, fact in entry.facts.items()
    )
    best = "SELECT entry FROM rankings WHERE use_case = ? AND place = 1"
    for name, ranking in site.rankings.items():
        assert {entry for (entry,) in database.execute(best, (name,))} == {one.entry.id for one in ranking.band}


def test_the_same_data_give_the_same_bytes(catalog, files):
    assert files_of(Site(catalog)) == files
    assert files["dataset.sqlite"][96:100] == bytes(4), "the release of SQLite is not in the file"


def test_a_catalog_without_entries_has_files_too(catalog):
    nothing = replace(
        catalog, entries={}, use_cases={}, matrices={}, witnesses={}, stacks={}, measured={}, readings=Measurements()
    )
    found = files_of(Site(nothing))
    assert as_data(found["entries.json"]) == {"entries": []}
    assert as_data(found["benchmarks.json"]) == {"run": None}
    assert as_data(found["measures.json"]) == {"measures": []}
    for place in PLACES:
        if place.schema and not place.varies:
            schema = strict(as_data(found[place.schema]))
            Draft202012Validator(schema).validate(as_data(found[place.path]))
