"""The files of data/: what cannot be read, what is no record, what a name may be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.schema import routes
from tests.unit.spoiling import BETA, BY_ENTRY, DELTA, GAMMA, SCALES, SHARED, lines_of, spoil

NO_ID = "is not an id. Rename it with lower-case letters, digits and single hyphens, such as django-ninja.yml."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "1:1: The file is empty. Fill it or remove it."),
        (b"- name: A list", "1:1: The file must be a mapping of keys to values, such as name: Django."),
        (b"A sentence.", "1:1: The file must be a mapping of keys to values, such as name: Django."),
        (b"name: \xff", "1:7: The file is not UTF-8: byte 0xff. Save it as UTF-8."),
        (b"name: New\n\ttile: Ne", "2:1: There is a tab in the indentation. Indent with two spaces."),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_message(content, message, data: Path, problems_of):
    (data / "frameworks/new.yml").write_bytes(content)
    assert problems_of(data) == [f"data/frameworks/new.yml:{message}"]


@pytest.mark.parametrize("file", [SCALES, SHARED])
def test_files_that_every_kind_needs_are_missed(file, data: Path, problems_of):
    (data / file).unlink()
    assert lines_of(file, problems_of(data)) == [
        f"data/{file}:1:1: The file is missing. Restore it from the repository."
    ]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("frameworks/notes.txt", "notes.txt is not a .yml file. Rename it to notes.yml or remove it."),
        ("frameworks/new.yaml", "new.yaml is not a .yml file. Rename it to new.yml or remove it."),
        ("new.yml", "new.yml is not read: {}"),
        ("frameworks/old/new.yml", "frameworks/old/new.yml is not read: {}"),
        ("coming-from/rails.yml", "coming-from/rails.yml is not read: {}"),
        ("servres/new.yml", "servres/new.yml is not read: {}"),
    ],
)
def test_no_file_is_silently_left_out(file, message, data: Path, problems_of):
    (data / file).parent.mkdir(exist_ok=True)
    (data / file).write_text("name: New", encoding="utf-8")
    folders = "articles, benchmarks, blocks, changes, criteria, frameworks, guide, matrices, measured, ratings, "
    folders += "servers, stacks, witnesses"
    cure = f"records are in the folders {folders}. Move it or remove it."
    assert problems_of(data) == [f"data/{file}:1:1: {message.format(cure)}"]


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "entry.schema.json", "measured/raw/run.json"])
def test_some_files_are_no_records(name, data: Path, problems_of):
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("{}", encoding="utf-8")
    assert problems_of(data) == []


@pytest.mark.parametrize("name", ["wheel_2", "2wheels", "whéel", "wheel--2", "wheel-", "Wheels", "wheel 2", "wheel.2"])
@pytest.mark.parametrize("folder", ["servers", "stacks", "guide", "matrices", "ratings", "articles", "blocks"])
def test_a_file_name_is_an_id(folder, name, data: Path, problems_of):
    if folder == "servers":
        spoil(data / "servers/wheel.yml", "tile: Wh", "tile: Wi")
    shutil.copy(sorted((data / folder).glob("*.yml"))[-1], data / folder / f"{name}.yml")
    spoiled = lines_of(f"{folder}/{name}.yml", problems_of(data))
    assert spoiled[:1] == [f'data/{folder}/{name}.yml:1:1: The file name "{name}" {NO_ID}']


def test_an_id_may_not_read_like_a_pair(data: Path, problems_of):
    (data / "frameworks/gamma.yml").rename(data / "frameworks/gamma-vs-beta.yml")
    assert lines_of("frameworks/gamma-vs-beta.yml", problems_of(data)) == [
        'data/frameworks/gamma-vs-beta.yml:1:1: The file name "gamma-vs-beta" contains the word vs, '
        "which joins two names in addresses. Rename it."
    ]


@pytest.mark.parametrize("name", [*routes.SECTIONS, "articles", "blocks", "criteria", "measured", "ratings"])
def test_a_kind_may_not_take_an_address_of_the_site(name, data: Path, problems_of):
    content = "name: X\nsingular: x\nsummary: A kind.\nposition: 9\ngroups: []\n"
    (data / f"criteria/{name}.yml").write_text(content, encoding="utf-8")
    (data / BY_ENTRY).rename(data / "matrices/by-entry.yml")
    assert problems_of(data) == [
        f"data/criteria/{name}.yml:1:1: {name} is the name of a part of the site or of data/. Choose another name."
    ]


def test_a_matrix_may_not_take_the_address_of_a_kind(data: Path, problems_of):
    (data / BY_ENTRY).rename(data / "matrices/servers.yml")
    assert problems_of(data) == [
        "data/matrices/servers.yml:1:1: servers is the address of the full matrix of a kind. Rename the file."
    ]


@pytest.mark.parametrize("name", ["health", "behaviour"])
def test_a_matrix_may_not_take_the_address_of_another_page(name, data: Path, problems_of):
    (data / BY_ENTRY).rename(data / f"matrices/{name}.yml")
    assert problems_of(data) == [
        f"data/matrices/{name}.yml:1:1: matrix/{name}/ is the address of another page. Rename the file."
    ]


def test_a_use_case_may_not_take_the_address_of_another_page(data: Path, problems_of):
    shutil.copy(data / "guide/tiny.yml", data / "guide/yours.yml")
    assert problems_of(data) == [
        "data/guide/yours.yml:1:1: guide/yours/ is the address of another page. Rename the file."
    ]


def test_two_files_may_not_have_one_id(data: Path, problems_of):
    shutil.copy(data / GAMMA, data / "servers/gamma.yml")
    assert [line for line in problems_of(data) if "The id gamma" in line] == [
        "data/frameworks/gamma.yml:1:1: The id gamma is also that of data/servers/gamma.yml. Rename one of them.",
        "data/servers/gamma.yml:1:1: The id gamma is also that of data/frameworks/gamma.yml. Rename one of them.",
    ]


def test_a_tile_that_two_entries_have_is_reported_at_both_with_free_ones(data: Path, problems_of):
    place = spoil(data / DELTA, "tile: De", "▸tile: Be")
    assert problems_of(data) == [
        f"data/{BETA}:{place}: The tile Be is also that of data/{DELTA}. "
        "Change one of them. For this entry Bt, Ba, Bb are free.",
        f"data/{DELTA}:{place}: The tile Be is also that of data/{BETA}. "
        "Change one of them. For this entry De, Dl, Dt are free.",
    ]


def test_two_files_may_not_differ_in_case_alone(data: Path, problems_of):
    text = (data / GAMMA).read_text(encoding="utf-8").replace("tile: Ga", "tile: Gm")
    (data / "frameworks/GAMMA.yml").write_text(text, encoding="utf-8")
    if len(list((data / "frameworks").glob("*.yml"))) < 6:
        pytest.skip("this file system knows no case")
    assert problems_of(data) == [
        f'data/frameworks/GAMMA.yml:1:1: The file name "GAMMA" {NO_ID}',
        f"data/frameworks/GAMMA.yml:1:1: The id GAMMA is also that of data/{GAMMA}. Rename one of them.",
        f"data/{GAMMA}:1:1: The id gamma is also that of data/frameworks/GAMMA.yml. Rename one of them.",
    ]
