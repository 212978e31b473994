"""The command `citations`: what it prints, writes, keeps, and compares with the reading before."""

from datetime import date
from pathlib import Path

import pytest

from lab.changes.command import file_changes
from lab.citations import collect, command, trees
from lab.citations.look import Outcome
from lab.core.output import read_result, write_result
from macros.schema.measured.citations import Citations
from tests.lab.citing import AT, PAGE, RST, entry, git, make_documents
from tests.results import EXAMPLES

AT_FACT = {"value": "none", "at": AT}


@pytest.fixture
def documents(tmp_path):
    return make_documents(tmp_path)


@pytest.fixture
def run(documents, monkeypatch, tmp_path, capsys):
    """Runs the command over a record of Flask, without a network; returns what it printed, or what it wrote."""
    monkeypatch.setattr(command, "MEASURED", tmp_path / "measured")
    monkeypatch.setattr(command, "KEPT", tmp_path / "kept")

    def call(record, *options):
        monkeypatch.setattr(command, "entries", lambda: {"flask": ("frameworks", record)})
        assert command.main(["flask", "--documents", str(documents), "--offline", *options]) == 0
        return capsys.readouterr()

    call.file = tmp_path / "measured" / "citations" / "flask.json"
    call.written = lambda: read_result(call.file, Citations)
    return call


def stated(at=AT, **block):
    return entry({"source": PAGE, "facts": {"x": {"value": "none", "at": at}, "y": {"value": "none"}}, **block})


def test_the_command_prints_file_line_and_release_and_writes_them(run):
    printed = run(stated())
    assert printed.out == f"flask: found: docs/async.rst:8 in v3.1.2 (repository at a tag): “{AT}”\n"
    assert "flask: 1 found" in printed.err
    (passage,) = run.written().passages
    assert (passage.source, passage.at, passage.version) == (PAGE, AT, "3.1")
    assert (passage.status, passage.file, passage.line) == ("found", "docs/async.rst", 8)


def test_a_fact_is_printed_with_the_text_around_its_words(run):
    facts = {"x": {"value": "none", "at": AT, "note": "It waits."}, "y": {"value": "none", "at": "no such words"}}
    printed = run(entry({"source": PAGE, "facts": facts | {"z": "none"}}), "--excerpts").out
    shown, missing, unpointed = printed.split("## ")[1:]
    assert shown.startswith(f"flask: x\n\nsource: {PAGE}\n")
    assert "note: It waits.\n" in shown
    assert "v3.1.2, docs/async.rst, from line 1:" in shown
    assert all(f"    {line}" in shown for line in RST.splitlines())
    assert "not found: not in docs/async.rst" in missing
    assert "It points at no words." in unpointed
    assert not run.file.exists()


def test_printing_alone_writes_nothing(run):
    run(stated(), "--print")
    assert not run.file.exists()


def test_an_entry_without_words_has_no_file(run):
    run(stated())
    run(entry({"source": PAGE, "facts": {"x": "none"}}))
    assert not run.file.exists()


def test_a_second_run_looks_at_nothing_again(run, monkeypatch):
    run(stated())
    before = run.written().passages
    monkeypatch.setattr(collect, "passage", lambda *_: pytest.fail("it was looked for again"))
    run(stated())
    assert [one.model_copy(update={"moment": ""}) for one in before] == [
        one.model_copy(update={"moment": ""}) for one in run.written().passages
    ]


def test_changed_code_looks_again(run, monkeypatch):
    run(stated())
    looked = []
    monkeypatch.setattr(collect, "code_digest", lambda: "other")
    monkeypatch.setattr(collect, "passage", lambda *asked: looked.append(asked) or Outcome("not found"))
    run(stated())
    assert len(looked) == 1


def retag(documents, tmp_path, text):
    """Move the tag of the release to a commit with another page."""
    work = tmp_path / "work"
    (work / "docs" / "async.rst").write_text(text)
    git(work, "commit", "--quiet", "-am", "more")
    git(work, "tag", "--force", "v3.1.2")
    git(documents / "pallets+flask" / "repo", "fetch", "--quiet", "--force", str(work), "tag", "v3.1.2")
    trees.forget()


def test_the_digest_of_the_first_reading_is_kept_until_the_page_is_read_anew(run, documents, tmp_path):
    run(stated())
    first = run.written().passages[0].digest
    retag(documents, tmp_path, RST.replace("*ties up*", "*blocks*").replace("request still", "request still ties"))
    printed = run(stated())
    for _ in range(2):  # a later run that finds the same does not forget it
        (changed,) = run.written().passages
        assert changed.changed
        assert changed.first_digest == first != changed.digest
        run(stated())
    assert "with other words between than at the first reading" in printed.out
    run(stated(checked=date(2026, 11, 29)))
    assert not run.written().passages[0].changed


def test_a_passage_that_comes_back_unchanged_has_not_changed(run, documents, tmp_path):
    run(stated())
    retag(documents, tmp_path, "Gone.")
    run(stated())
    assert run.written().passages[0].refuted
    retag(documents, tmp_path, RST)
    run(stated())
    (back,) = run.written().passages
    assert (back.status, back.changed) == ("found", False)


def test_what_cannot_be_reached_keeps_its_earlier_reading(run, documents):
    run(stated())
    before = run.written().passages
    (documents / "pallets+flask").rename(documents / "elsewhere")
    run(stated())
    assert run.written().passages == before


def test_a_source_distribution_that_lacks_the_page_leaves_the_earlier_reading(run):
    run(stated())
    (before,) = run.written().passages
    lacking = before.model_copy(update={"status": "not reachable", "how": "source distribution", "file": None})
    assert collect.with_history([lacking], [before]) == (before,)


def test_an_absence_is_kept_like_a_passage(run, documents):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "searched": ["redoc"]}}})
    printed = run(record)
    assert printed.out == "flask: x: 2 pages in v3.1.2 (repository at a tag): redoc 0\n"
    assert run.written().absences[0].none
    (documents / "pallets+flask").rename(documents / "elsewhere")
    run(record)
    assert run.written().absences[0].none


def test_a_folder_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.main(["--documents", str(Path("not") / "there")])
    assert "is not a folder" in capsys.readouterr().err


def test_words_are_compared_with_those_of_the_newest_release(run, monkeypatch, tmp_path):
    data = tmp_path / "data"
    reading = EXAMPLES["registry/hello"]
    latest = reading.latest.model_copy(update={"version": "3.1.2"})
    write_result(data / "measured" / "registry" / "flask.json", reading.model_copy(update={"latest": latest}))
    monkeypatch.setattr(command, "DATA", data)
    page = {"source": PAGE, "version": "3.0"}
    record = entry({**page, "facts": {"x": {"value": "none", "at": "nothing yet"}}}, {**page, "facts": {"y": AT_FACT}})
    printed = run(record, "--newest")
    assert printed.out.splitlines() == [
        "flask: 3.0 → 3.1.2: not found (not in docs/async.rst, nor elsewhere): “nothing yet”",
        f"flask: 3.0 → 3.1.2: found, but not in the release that was read (docs/async.rst:8 in v3.1.2, "
        f"repository at a tag): “{AT}”",
    ]
    assert not run.file.exists()
    same = entry({"source": PAGE, "version": "3.1", "facts": {"y": AT_FACT}})
    assert "3.1 → 3.1.2: the same words" in run(same, "--newest").out


def test_what_changed_is_said_in_words():
    passage = {"source": PAGE, "at": AT, "status": "found", "digest": "a"}
    absence = {"criterion": "openapi", "words": {"swagger": 0}}
    old = {"passages": [passage, passage | {"at": "other"}], "absences": [absence]}
    new = {
        "passages": [passage | {"digest": "b"}, passage | {"at": "other", "status": "page gone", "digest": None}],
        "absences": [absence | {"words": {"swagger": 2}}],
    }
    assert list(file_changes(Path("data/measured/citations/flask.json"), old, new)) == [
        f"- words of flask: the passage “{AT}” has changed",
        "- words of flask: “other” was found, now page gone",
        '- absence of flask: openapi counted {"swagger": 0}, now {"swagger": 2}',
    ]
    assert list(file_changes(Path("data/measured/citations/flask.json"), old, old)) == []
