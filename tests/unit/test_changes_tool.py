"""What changed between two commits, read from a repository that the test makes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from macros.reading.documents import parse
from macros.reading.validation import validate
from macros.schema.changes import DayOfChanges
from tools.changes import __main__ as command
from tools.changes.days import days_to_write, written
from tools.changes.differences import differences
from tools.changes.names import names_of
from tools.changes.records import entries_of
from tools.changes.revisions import GitError, days, files_in, files_of, merge_base

CRITERIA = b"""
name: Frameworks
groups:
  - id: shape
    criteria:
      - {id: async-handlers, name: Async handlers, scale: capability}
      - licence
"""
SHARED = b"criteria:\n  - {id: licence, name: Licence}\n"
SCALES = b"scales: {capability: {values: {partial: {label: partial}, built-in: {label: built in}}}}\n"
ALPHA = "name: Alpha\nevidence:\n  - source: https://a.example/\n    facts: {async-handlers: partial, licence: MIT}\n"
BETA = """name: Beta
inherits: {from: alpha, facts: [licence]}
series: [{version: "1.0", supported-until: 2027-04-30}]
evidence:
  - source: https://b.example/
    version: "1.0"
    facts:
      async-handlers: {value: built-in, note: Some.}
"""


def files(**records: str) -> dict[str, bytes]:
    named = {f"data/frameworks/{name}.yml": text.encode() for name, text in records.items()}
    return {
        "data/criteria/frameworks.yml": CRITERIA,
        "data/criteria/shared.yml": SHARED,
        "data/scales.yml": SCALES,
        **named,
    }


def lines(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    return list(command.sentences(old, new))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    def git(*arguments: str, day: str = "2026-11-20") -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
        where = {"PATH": os.environ["PATH"], **moment}
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, env=where, check=True)

    def commit(records: dict[str, bytes], day: str) -> None:
        for name, content in records.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        git("add", "--all", day=day)
        git("commit", "--quiet", "--message", day, day=day)

    git("init", "--quiet", "--initial-branch", "main")
    commit({"README.md": b"Nothing yet."}, "2026-11-19")
    commit(files(alpha=ALPHA), "2026-11-20")
    commit(files(alpha=ALPHA.replace("partial", "none")), "2026-11-21")
    commit(files(alpha=ALPHA.replace("partial", "built-in"), beta=BETA), "2026-11-21")
    return tmp_path


def test_a_changed_value_is_told_with_the_words_of_its_scale():
    assert lines(files(alpha=ALPHA), files(alpha=ALPHA.replace("partial", "built-in"))) == [
        "Alpha: Async handlers: partial → built in"
    ]


def test_nothing_is_told_of_words_and_sources():
    other = ALPHA.replace("a.example", "b.example").replace("partial", "{value: partial, note: Slow.}")
    assert lines(files(alpha=ALPHA), files(alpha=other)) == []


def test_entries_that_come_and_go_are_told():
    assert lines(files(alpha=ALPHA), files(beta=BETA)) == [
        "Alpha: the entry was removed",
        "Beta: new entry with 1 fact",
    ]


def test_inherited_facts_change_with_their_origin():
    both = files(alpha=ALPHA, beta=BETA)
    assert lines(both, files(alpha=ALPHA.replace("MIT", "BSD"), beta=BETA)) == [
        "Alpha: Licence: MIT → BSD",
        "Beta: Licence: MIT → BSD",
    ]


def test_the_end_of_support_is_told_where_it_was_known():
    later = BETA.replace("2027-04-30", "2027-10-31")
    bare = "".join(line for line in BETA.splitlines(keepends=True) if not line.startswith("series"))
    assert lines(files(beta=BETA), files(beta=later)) == ["Beta: Support of 1.0: 2027-04-30 → 2027-10-31"]
    assert lines(files(beta=bare), files(beta=BETA)) == []


def test_answers_more_and_fewer_are_counted():
    less = ALPHA.replace(", licence: MIT", "")
    assert lines(files(alpha=less), files(alpha=ALPHA)) == ["Alpha: 1 fact more"]
    assert lines(files(alpha=ALPHA), files(alpha=less)) == ["Alpha: 1 fact fewer"]


def test_a_release_is_named_where_the_page_is_for_the_newest(good):
    reading = (good / "measured/registry/alpha-rest.json").read_bytes()
    name = "data/measured/registry/alpha.json"
    newer = reading.replace(b'"version": "1.2.0"', b'"version": "1.3.0"')
    assert newer != reading
    page = ALPHA.replace("partial", "built-in").replace("    facts", '    version: "1.3"\n    facts')
    found = lines({**files(alpha=ALPHA), name: reading}, {**files(alpha=page), name: newer})
    assert found == [
        "Alpha 1.3.0: Newest release: 1.2.0 → 1.3.0",
        "Alpha 1.3.0: Async handlers: partial → built in (read for 1.3)",
    ]


@pytest.mark.parametrize(
    "content",
    ["", "- a\n", "name: [\n", "name: Alpha\nevidence: 3\n", "name: Alpha\nevidence:\n  - {facts: [a]}\n", "\ufffe"],
)
def test_records_of_any_form_are_read(content):
    assert {name: known.facts for name, known in entries_of(files(alpha=content)).items()} == {"alpha": {}}


def test_a_record_that_cannot_be_read_is_not_gone():
    broken = files(alpha="name: [")
    assert lines(files(alpha=ALPHA), broken) == lines(broken, files(alpha=ALPHA)) == []


def test_a_measurement_of_another_schema_gives_its_release_alone():
    old = {**files(alpha=ALPHA), "data/measured/registry/alpha.json": b'{"latest": {"version": "1.0"}, "old": 1}'}
    assert (entries_of(old)["alpha"].release, entries_of(old)["alpha"].status) == ("1.0", None)


def test_names_come_from_shared_criteria_and_scales():
    found = names_of(files())
    assert found["frameworks", "licence"].name == "Licence"
    assert found["frameworks", "async-handlers"].labels == {"partial": "partial", "built-in": "built in"}


def test_each_day_is_compared_with_the_last_commit_before_it(repository, tmp_path):
    found = days_to_write(repository, tmp_path / "none", every=False)
    assert list(found) == ["2026-11-20", "2026-11-21"] == list(days(repository))
    first, second = found.values()
    assert first[0] is None
    assert second[0] == first[1]
    net = differences(entries_of(files_of(repository, first[1])), entries_of(files_of(repository, second[1])))
    assert {name: fact.now for name, fact in net["alpha"].facts.items()} == {"async-handlers": "built-in"}
    assert net["beta"].record == "added"


def test_days_before_the_newest_file_stay_as_they_are(repository, tmp_path):
    folder = tmp_path / "data" / "changes"
    folder.mkdir()
    (folder / "2026-11-21.yml").write_text("")
    assert list(days_to_write(repository, folder, every=False)) == ["2026-11-21"]
    assert list(days_to_write(repository, folder, every=True)) == ["2026-11-20", "2026-11-21"]


def test_what_is_written_is_read_again(repository):
    found = differences({}, entries_of(files_in(repository)))
    changed = differences(
        entries_of(files(alpha=ALPHA, beta=BETA)),
        entries_of(files(alpha=ALPHA.replace("MIT", '"3.10"'), beta=BETA.replace("2027-04-30", "2027-05-31"))),
    )
    for entries in (found, changed):
        record = DayOfChanges(commit="a" * 40, entries=entries)
        read = validate(DayOfChanges, parse(written(record).encode(), "2026-11-21.yml"))
        assert read.problems == ()
        assert read.record == record
    assert "licence: {was: MIT, now: '3.10'}" in written(record)


def test_the_command_writes_and_then_has_nothing_to_say(repository, monkeypatch, capsys):
    monkeypatch.setattr(command, "ROOT", repository)
    monkeypatch.setattr("sys.argv", ["changes", "--write"])
    assert command.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "Written: data/changes/2026-11-20.yml (1 entries)",
        "Written: data/changes/2026-11-21.yml (2 entries)",
    ]
    monkeypatch.setattr("sys.argv", ["changes", "--code"])
    assert command.main() == 0
    assert capsys.readouterr().out == "```\nNothing that the records say of an entry has changed.\n```\n"
    assert merge_base(repository) == list(days(repository).values())[-1]


def test_an_unknown_commit_is_told(repository, monkeypatch, capsys):
    monkeypatch.setattr(command, "ROOT", repository)
    for name in ("nowhere", "--output=x"):
        with pytest.raises(GitError, match=f"There is no commit {name}"):
            files_of(repository, name)
    monkeypatch.setattr("sys.argv", ["changes", "nowhere"])
    assert command.main() == 1
    assert capsys.readouterr().err == "There is no commit nowhere.\n"
