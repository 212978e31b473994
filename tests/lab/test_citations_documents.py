"""Citations and absences over small repositories and archives that are made here. No network."""

import hashlib
import io
import tarfile
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from lab.citations import distributions
from lab.citations.collect import Collector
from lab.citations.sources import Library
from lab.core.errors import LabError
from tests.lab.citing import AT, PAGE, RST, entry, git_output, make_documents, passage_of


@pytest.fixture
def documents(tmp_path):
    return make_documents(tmp_path)


def cited(documents, source, at, **block):
    record = entry({"source": source, "facts": {"x": {"value": "none", "at": at}}, **block})
    return passage_of(Library(documents, {"flask": record}))


def test_words_are_found_at_the_tag_of_the_release(documents):
    found = cited(documents, PAGE, AT)
    assert (found.status, found.file, found.line) == ("found", "docs/async.rst", 8)
    assert (found.how, found.release) == ("repository at a tag", "v3.1.2")


def test_another_release_has_other_words(documents):
    old = cited(documents, PAGE, AT, version="3.0")
    assert (old.status, old.release) == ("not found", "v3.0.9")
    assert cited(documents, PAGE, "all new", version="9.9").how == "repository at another commit"


def test_words_that_are_not_there_are_not_found_and_the_near_miss_is_named(documents):
    found = cited(documents, PAGE, "each request still … not there")
    assert found.status == "not found"
    assert "docs/async.rst, line 8" in found.why
    assert cited(documents, PAGE, "zebra").why == "not in docs/async.rst, nor elsewhere"


def test_the_ref_in_an_address_wins_over_the_release(documents):
    found = cited(documents, "https://github.com/pallets/flask/blob/v3.0.9/docs/async.rst", "nothing yet")
    assert (found.status, found.release) == ("found", "v3.0.9")


def test_a_branch_in_an_address_comes_after_the_release(documents):
    branch = git_output(documents / "pallets+flask" / "repo", "symbolic-ref", "--short", "HEAD")
    address = f"https://github.com/pallets/flask/blob/{branch}/docs/async.rst"
    at_release = cited(documents, address, AT)
    assert (at_release.status, at_release.how) == ("found", "repository at a tag")
    on_branch = cited(documents, address, "all new")
    assert (on_branch.status, on_branch.how) == ("found", "repository at another commit")
    assert cited(documents, address, "all new", version=None).release == branch
    assert cited(documents, address, AT, version="9.9").status == "not found"


def test_a_file_that_is_not_there_at_its_ref_is_gone(documents):
    found = cited(documents, "https://github.com/pallets/flask/blob/v3.0.9/docs/other.rst", "swagger")
    assert (found.status, found.why) == ("page gone", "no file docs/other.rst")


def test_a_page_without_a_file_is_looked_for_in_all_pages(documents):
    found = cited(documents, "https://docs.example.org/en/stable/generated/", "another project")
    assert (found.status, found.file) == ("found", "docs/other.rst")
    found = cited(documents, "https://docs.example.org/en/stable/generated/", "generated words")
    assert (found.status, found.file) == ("found", "a.py")


def test_documents_that_are_not_there_cannot_be_reached(documents):
    assert cited(documents, "https://github.com/a/b/blob/main/x.md", AT).status == "not reachable"
    assert cited(documents, "https://elsewhere.org/x", AT).status == "not reachable"


def test_an_unpacked_folder_is_read_as_well(tmp_path):
    (tmp_path / "pallets+flask" / "docs").mkdir(parents=True)
    (tmp_path / "pallets+flask" / "docs" / "async.rst").write_text(RST)
    found = cited(tmp_path, PAGE, AT)
    assert (found.status, found.line, found.how) == ("found", 8, "folder")


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A registry with one source distribution of Flask 3.1.7, and none of 3.0.0."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        files = {"docs/async.rst": RST, "setup.py": "raise SystemExit", ".github/workflows/x.yml": "on: push"}
        for name, text in files.items():
            about = tarfile.TarInfo(f"flask-3.1.7/{name}")
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text.encode()))
    content = packed.getvalue()
    file = {"packagetype": "sdist", "url": "sdist", "digests": {"sha256": hashlib.sha256(content).hexdigest()}}
    releases = {"3.0.0": [{"packagetype": "bdist_wheel"}], "3.1.7": [file]}
    monkeypatch.setattr(distributions, "_answer", lambda _: {"releases": releases})
    monkeypatch.setattr(distributions, "get", lambda _: SimpleNamespace(content=content))
    file["at"] = lambda package, version: distributions.distribution(package, version, tmp_path / "kept")
    return file


def test_where_no_repository_is_there_the_source_distribution_is_read(registry, tmp_path):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}}})
    found = passage_of(Library(tmp_path / "empty", {"flask": record}, registry["at"]))
    assert (found.status, found.file) == ("found", "docs/async.rst")
    assert (found.how, found.release) == ("source distribution", "3.1.7")
    assert not list((tmp_path / "kept").glob(".unpacking*"))


def test_the_source_distribution_goes_before_the_newest_commit_and_not_before_a_tag(registry, documents):
    def read_from(version, at):
        facts = {"x": {"value": "none", "at": at}}
        record = entry({"source": PAGE, "version": version, "facts": facts})
        library = Library(documents, {"flask": record}, registry["at"])
        found = passage_of(library)
        return found.how, found.release

    assert read_from("3.1", AT) == ("repository at a tag", "v3.1.2")
    assert read_from("3.1.7", AT) == ("source distribution", "3.1.7")
    assert read_from("3.1.7", "all new")[0] == "repository at another commit"


def test_a_source_distribution_without_the_page_refutes_nothing(registry, tmp_path):
    def look_for(source, **block):
        record = entry({"source": source, "facts": {"x": {"value": "none", "at": "zebra"}}, **block})
        return passage_of(Library(tmp_path / "empty", {"flask": record}, registry["at"]))

    assert look_for(PAGE).refuted
    missing = look_for("https://docs.example.org/en/stable/elsewhere/")
    assert (missing.status, missing.why) == ("not reachable", "the source distribution has no file of this page")
    assert look_for("https://docs.example.org/").status == "not reachable", "a readme is not the first page of a site"
    elsewhere = [{"address": "https://docs.example.org/", "files": "site/docs"}]
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": "zebra"}}}, documentation=elsewhere)
    assert not passage_of(Library(tmp_path / "empty", {"flask": record}, registry["at"])).refuted
    foreign = look_for("https://foreign.example.net/guide/", of="pkg:pypi/flask")
    assert foreign.status == "not reachable"


def test_the_page_of_another_package_is_read_in_its_source_distribution(registry, tmp_path):
    facts = {"x": {"value": "none", "at": AT}}
    record = entry({"source": "https://foreign.example.net/x/async.html", "of": "pkg:pypi/other", "facts": facts})
    found = passage_of(Library(tmp_path / "empty", {"flask": record}, registry["at"]))
    assert (found.status, found.how, found.file) == ("found", "source distribution", "docs/async.rst")


def test_hidden_folders_of_an_archive_are_left_out(registry):
    place, _ = registry["at"]("pkg:pypi/flask", "3.1.7")
    assert sorted(file.name for file in place.rglob("*")) == ["async.rst", "docs", "setup.py"]


def test_an_archive_with_another_digest_is_refused(registry, tmp_path):
    registry["digests"]["sha256"] = "0" * 64
    with pytest.raises(LabError, match="digest"):
        registry["at"]("pkg:pypi/flask", "3.1.7")
    assert not list(tmp_path.glob("kept/*"))


def test_a_relative_address_of_an_archive_starts_at_the_answer(registry, monkeypatch, tmp_path):
    registry["url"] = "../../packages/flask.tar.gz"
    asked = []
    get = distributions.get
    monkeypatch.setattr(distributions, "get", lambda address: asked.append(address) or get(address))
    registry["at"]("pkg:pypi/flask", "3.1.7")
    answered = urlsplit(distributions.address_of("pkg:pypi/flask"))
    assert asked == [f"{answered.scheme}://{answered.netloc}/packages/flask.tar.gz"]


def test_a_registry_that_does_not_answer_has_no_documents(tmp_path):
    def refuse(package, version):
        raise LabError("no answer")

    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}}})
    found = passage_of(Library(tmp_path, {"flask": record}, refuse))
    assert (found.status, found.why) == ("not reachable", "no documents of pallets/flask")


def test_a_folder_of_github_is_looked_through_and_nothing_else(documents):
    folder = "https://github.com/pallets/flask/tree/v3.1.2/docs"
    assert cited(documents, folder, "another project").file == "docs/other.rst"
    assert cited(documents, folder, "generated words").status == "not found"
    assert cited(documents, "https://github.com/pallets/flask", "generated words").file == "a.py"


def test_a_release_that_has_only_wheels_has_no_source_distribution(registry):
    assert registry["at"]("pkg:pypi/flask", "3.0.0") is None


def test_an_absence_is_counted_over_the_whole_documentation(documents):
    meaning = {"at": "an OpenAPI … another project", "reason": "Of another project."}
    fact = {"value": "none", "searched": ["openapi", "swagger", "redoc"], "other-meanings": [meaning]}
    record = entry({"source": PAGE, "facts": {"openapi": fact}})
    _, (counted,) = Collector(Library(documents, {"flask": record}), None).entry("flask")
    assert (counted.pages, counted.words) == (2, {"openapi": 0, "swagger": 1, "redoc": 0})
    assert [(hit.word, hit.file, hit.line) for hit in counted.hits] == [("swagger", "docs/other.rst", 2)]
    assert (counted.apart, counted.none) == (1, False)
    assert (counted.how, counted.release) == ("repository at a tag", "v3.1.2")


def test_documentation_in_a_repository_of_its_own_is_not_looked_for_in_the_package(documents, tmp_path):
    package = tmp_path / "unpacked"
    package.mkdir()
    (package / "README.md").write_text("One page.")
    own = {
        "documentation": [{"address": "https://docs.example.org/", "repository": "https://github.com/pallets/flask"}]
    }
    fact = {"value": "none", "searched": ["swagger", "grpc"]}
    record = entry(
        {"source": PAGE, "version": "9.9", "facts": {"openapi": fact}},
        repository="https://github.com/other/code",
        **own,
    )
    library = Library(documents, {"flask": record}, lambda name, version: (package, "9.9"))
    _, (counted,) = Collector(library, None).entry("flask")
    assert (counted.pages, counted.how) == (2, "repository at another commit")
    assert counted.words == {"swagger": 1, "grpc": 0}
