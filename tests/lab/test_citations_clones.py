"""Citations: single releases fetched from repositories on this machine."""

import subprocess

import pytest

from lab.citations import trees
from lab.citations.clones import NEWEST, Clones
from lab.citations.sources import Library
from tests.lab.citing import AT, PAGE, entry, make_documents, passage_of


@pytest.fixture
def clones(tmp_path):
    origin = make_documents(tmp_path) / "pallets+flask" / "repo"
    trees.forget()

    def address(repository):
        return f"file://{origin}" if repository == "pallets/flask" else f"file://{tmp_path}/nowhere"

    return Clones(tmp_path / "fetched", address)


def refs(clones):
    command = ["git", f"--git-dir={clones.place('pallets/flask') / 'repo'}", "for-each-ref", "--format=%(refname)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_the_tag_of_a_release_is_fetched_and_nothing_else(clones):
    clones.bring_release("pallets/flask", "3.1", "flask")
    assert refs(clones) == ["refs/tags/v3.1.2"]
    history = ["git", f"--git-dir={clones.place('pallets/flask') / 'repo'}", "log", "--oneline", "v3.1.2"]
    assert len(subprocess.run(history, capture_output=True, text=True, check=True).stdout.splitlines()) == 1


def test_where_no_tag_fits_the_newest_commit_is_fetched(clones):
    clones.bring_release("pallets/flask", "9.9", "flask")
    assert refs(clones) == [NEWEST]


def test_a_ref_of_an_address_is_fetched(clones):
    clones.bring_ref("pallets/flask", ["v3.0.9", "docs", "async.rst"])
    assert refs(clones) == ["refs/tags/v3.0.9"]
    clones.bring_ref("pallets/flask", ["no-such-ref", "docs"])
    assert refs(clones) == ["refs/tags/v3.0.9"]


@pytest.mark.parametrize("ref", ["--upload-pack=touch /tmp/x;aaaaaaaaaaaaa", "-" * 40, "-h"])
def test_a_ref_that_looks_like_an_option_is_never_given_to_git(clones, monkeypatch, ref):
    clones.bring_ref("pallets/flask", ["v3.0.9"])
    given = []
    git = trees.git
    for module in ("clones", "trees"):
        monkeypatch.setattr(f"lab.citations.{module}.git", lambda *args, **kw: given.extend(args) or git(*args, **kw))
    clones.bring_ref("pallets/flask", [ref, "docs"])
    assert trees.at_ref(clones.place("pallets/flask") / "repo", ref) is None
    assert not any(ref in str(argument) for argument in given)


def test_a_repository_that_does_not_answer_is_asked_once_and_left_out(clones, monkeypatch):
    asked = []
    git = trees.git
    monkeypatch.setattr("lab.citations.clones.git", lambda *args, **kw: asked.append(args) or git(*args, **kw))
    for _ in range(2):
        clones.bring_release("nobody/nothing", "1.0", "nothing")
    assert len(asked) == 1
    assert not clones.place("nobody/nothing").exists()


def test_a_page_is_read_in_what_was_fetched(clones):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}}})
    found = passage_of(Library(None, {"flask": record}, None, clones))
    assert (found.status, found.how, found.release) == ("found", "repository at a tag", "v3.1.2")


def test_two_releases_are_read_in_one_run(clones):
    def release(version):
        record = entry({"source": PAGE, "version": version, "facts": {"x": {"value": "none", "at": AT}}})
        return passage_of(Library(None, {"flask": record}, None, clones)).release

    assert [release("3.1"), release("3.0")] == ["v3.1.2", "v3.0.9"]
    assert refs(clones) == ["refs/tags/v3.0.9", "refs/tags/v3.1.2"]


def test_a_file_of_github_is_read_at_its_ref_in_what_was_fetched(clones):
    source = "https://github.com/pallets/flask/blob/v3.0.9/docs/async.rst"
    record = entry({"source": source, "facts": {"x": {"value": "none", "at": "nothing yet"}}})
    found = passage_of(Library(None, {"flask": record}, None, clones))
    assert (found.status, found.release) == ("found", "v3.0.9")


def test_a_copy_that_is_given_is_not_fetched_again(clones, tmp_path):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}}})
    found = passage_of(Library(tmp_path / "documents", {"flask": record}, None, clones))
    assert found.status == "found"
    assert not clones.folder.exists()
