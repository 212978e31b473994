"""Results are found under their key only, whole or not at all; equal values have equal digests, others do not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from macros.cache.digests import Digests, files_below, of_files, of_text
from macros.cache.store import KEPT_DAYS, NOTHING, Store, store_of
from macros.plugin.snapshot import PageHead, Redirect, Snapshot
from macros.plugin.state import shared_views
from macros.schema import Term


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept")


def entries(store: Store) -> list[Path]:
    return [file for file in store.folder.rglob("*") if file.is_file()]


def test_what_is_put_is_got_under_its_key_alone(store):
    store.put("key", b"content")
    assert (store.get("key"), store.get("other")) == (b"content", None)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content[:-1] + b"?",
        lambda content: b"?" + content[1:],
        lambda content: content + b"more",
    ],
)
def test_a_damaged_entry_is_missing(store, damage):
    store.put("key", b"some content")
    (file,) = entries(store)
    file.write_bytes(damage(file.read_bytes()))
    assert store.get("key") is None


def test_an_entry_under_another_key_is_missing(store):
    store.put("one", b"content of one")
    (one,) = entries(store)
    store.put("two", b"content of two")
    two = next(file for file in entries(store) if file != one)
    two.write_bytes(one.read_bytes())
    assert store.get("two") is None


def test_json_is_made_once(store):
    made = []
    for _ in range(2):
        assert store.json("key", lambda: made.append(1) or {"a": [1, None, "é"]}) == {"a": [1, None, "é"]}
    assert made == [1]


def test_a_snapshot_is_kept_whole_or_not_at_all(store):
    head = PageHead(url="a/", title="A", description="", crumbs=(("Up", "up/"),))
    snapshot = Snapshot(heads=[head], redirects={"b/index.html": Redirect("../a/", "A")}, fragments={"./ x": "<p>"})
    snapshot.keep_first(store, "inputs")
    assert Snapshot.kept(store, "inputs") is None
    snapshot.keys["a/"] = "key"
    snapshot.keep(store, "inputs")
    found = Snapshot.kept(store, "inputs")
    assert (found.redirects, found.fragments, found.keys) == (snapshot.redirects, snapshot.fragments, snapshot.keys)
    assert (found.whole, found.heads[0].url, Snapshot.kept(store, "others")) == (True, "a/", None)
    for file in entries(store):
        content = file.read_bytes()
        file.unlink()
        assert Snapshot.kept(store, "inputs") is None
        file.write_bytes(content)
    assert Snapshot.kept(store, "inputs").whole


def test_without_a_folder_nothing_is_kept():
    NOTHING.put("key", b"content")
    assert NOTHING.get("key") is None


def test_a_folder_that_cannot_be_written_costs_the_entry_alone(tmp_path):
    (tmp_path / "file").write_text("in the way")
    blocked = Store(tmp_path / "file" / "kept")
    blocked.put("key", b"content")
    assert blocked.get("key") is None


def test_entries_that_nobody_asks_for_are_removed(store):
    store.put("old", b"old")
    (old,) = entries(store)
    past = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(old, (past, past))
    store.put("new", b"new")
    store.prune()
    assert (store.get("old"), store.get("new")) == (None, b"new")


def test_an_entry_that_is_asked_for_stays(store):
    store.put("key", b"content")
    (file,) = entries(store)
    past = time.time() - (KEPT_DAYS - 1) * 86_400
    os.utime(file, (past, past))
    assert store.get("key") == b"content"
    assert file.stat().st_mtime > past


def test_the_folder_can_be_chosen_or_switched_off(tmp_path, monkeypatch):
    monkeypatch.delenv("FIELD_GUIDE_CACHE")
    assert store_of(tmp_path).folder == tmp_path / ".cache" / "site"
    monkeypatch.setenv("FIELD_GUIDE_CACHE", str(tmp_path / "elsewhere"))
    assert store_of(tmp_path).folder == tmp_path / "elsewhere"
    monkeypatch.setenv("FIELD_GUIDE_CACHE", "")
    assert store_of(tmp_path).folder is None


class Point(NamedTuple):
    x: int
    y: int


@dataclass(frozen=True)
class Place:
    name: str
    point: Point | None = None


VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 0.0, 1.0, 1.5, "", "1", "None", "a", "b"),
    *(Markup("a"), date(2026, 11, 29), (), ("a",), (("a",),), ("a", "b"), ("ab",), (("a",), "b"), ["a"]),
    *({}, {"a": "b"}, {"b": "a"}, {"a": "b", "c": "d"}, {"c": "d", "a": "b"}, frozenset(), frozenset({"a"})),
    *(Point(1, 2), Point(2, 1), Place("a"), Place("b"), Place("a", Point(1, 2)), Path("a/b"), Path("a") / "c"),
    *(Term(name="a", meaning="b"), Term(name="a", meaning="c"), Term(name="a", meaning="b", also=("d",))),
]


def test_different_values_have_different_digests():
    found: dict[str, Any] = {}
    for value in VALUES:
        digest = Digests().of(value)
        same = [other for other in found if other == digest and not (value == ["a"] and found[other] == ("a",))]
        assert not same, (value, found.get(digest))
        found[digest] = value


@given(st.lists(st.text()), st.lists(st.text()))
def test_borders_between_texts_count(one, other):
    assert (of_text(*one) == of_text(*other)) == (one == other)


def test_equal_records_have_equal_digests_kept_or_not():
    lasting, fresh = Digests(__name__), Digests()
    record = Place("a", Point(1, 2))
    assert lasting.of(record) == lasting.of(record) == fresh.of(Place("a", Point(1, 2)))
    lasting.keep(record)
    assert lasting.of([record]) == fresh.of([record])


def test_a_digest_is_kept_when_its_record_is_met_again_and_that_of_a_part_when_it_is_met_by_itself():
    read: list[str] = []

    @dataclass(frozen=True)
    class Watched:
        name: str
        part: Any = None

        def __getattribute__(self, wanted: str) -> Any:
            if wanted == "name":
                read.append(object.__getattribute__(self, wanted))
            return object.__getattribute__(self, wanted)

    digests, part = Digests(__name__), Watched("part")
    whole = Watched("whole", part)
    found = {digests.of(whole) for _ in range(4)}
    assert read == ["whole", "part"] * 2
    assert found == {Digests().of(whole)}
    read.clear()
    assert digests.of(part) == digests.of(part) == Digests().of(part)
    assert read == ["part", "part"]


def test_what_has_no_fields_is_refused():
    with pytest.raises(TypeError, match="has no digest"):
        Digests().of({"view": lambda: 1})


def test_digests_do_not_depend_on_the_process():
    program = "from macros.cache.digests import Digests; print(Digests().of({'a': frozenset('xyz'), 'b': (1, 'é')}))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == Digests().of({"a": frozenset("xyz"), "b": (1, "é")})


def test_files_are_told_apart_by_name_and_content_and_caches_are_left_out(tmp_path):
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.txt").write_text("text")
    before = of_files([folder])
    for ignored in ("__pycache__", "node_modules", ".ruff_cache"):
        (folder / ignored).mkdir()
        (folder / ignored / "x.txt").write_text("x")
    assert of_files([folder]) == before
    assert files_below(folder) == [folder / "inner" / "a.txt"]
    (folder / "inner" / "a.txt").rename(folder / "inner" / "b.txt")
    renamed = of_files([folder])
    (folder / "inner" / "b.txt").write_text("other")
    assert len({before, renamed, of_files([folder])}) == 3
    assert of_files([folder / "inner" / "b.txt"]) != of_files([])


def test_what_many_pages_share_lives_as_long_as_the_site(site):
    assert site.sides
    assert site.benchmarks.workloads
    found = list(shared_views(site))
    assert {id(view) for view in found} >= {id(view) for view in (*site.sides.values(), *site.benchmarks.workloads)}
    assert [id(view) for view in shared_views(site)] == [id(view) for view in found]
