"""The Books applications as stacks: what a right page is, and how each is served."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from lab.bench import books
from lab.bench.environments import Environment
from lab.bench.workloads import Answer
from lab.core.paths import ROOT


def page() -> dict[str, Any]:
    """Return the page that an application answers with."""
    items = [
        {**row, "id": number, "pages": int(row["pages"]) if row["pages"] else None, "author": {"name": row["author"]}}
        for number, row in enumerate(islice(books.rows(), books.PAGE), start=1)
    ]
    return {"items": items, "total": books.COUNT, "page": 1, "per_page": books.PAGE}


def problems(value: object) -> list[str]:
    return books.WORKLOAD.check(
        Answer(status=200, headers={"content-type": "application/json"}, body=json.dumps(value).encode())
    )


def test_the_first_page_is_right() -> None:
    assert problems(page()) == []


def test_books_have_different_isbns_whose_checksum_is_right() -> None:
    isbns = [row["isbn"] for row in books.rows()]
    assert len(set(isbns)) == books.COUNT
    assert [
        isbn for isbn in isbns if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(isbn)) % 10
    ] == []


@pytest.mark.parametrize(
    "change",
    [
        {"total": 999},
        {"page": 2},
        {"per_page": 50},
        {"items": None},
        {"items": [{}] * books.PAGE},
        {"items": page()["items"][:19]},
        {"items": page()["items"][::-1]},
        {"items": [*page()["items"][:19], page()["items"][0]]},
        {"items": [{**item, "author": {"name": "Nobody"}} for item in page()["items"]]},
        {"items": [{**item, "pages": 0} for item in page()["items"]]},
        {"items": [{**item, "id": 1} for item in page()["items"]]},
    ],
)
def test_a_page_that_is_not_the_first_is_wrong(change: dict[str, Any]) -> None:
    assert problems(page() | change) != []


def test_what_is_no_page_is_wrong() -> None:
    assert problems([]) != []
    assert problems(None) != []


def test_every_application_is_served_from_its_own_folder() -> None:
    assert {stack.entry for stack in books.STACKS.values()} == {
        file.parent.name for file in (ROOT / "lab" / "apps").glob("*/app.yml")
    }
    for stack in books.STACKS.values():
        python = None if stack.language == "node" else Path("/somewhere/environment/bin/python")
        environment = Environment(
            stack=stack, folder=Path("/somewhere"), python=python, lock="", versions={}, runtime="one of them"
        )
        command = books.command(stack, environment, 18_000)
        assert command[:5] == ["env", "-C", "/somewhere/application", "HOST=127.0.0.1", "PORT=18000"]
        assert command[-1].startswith("exec ")
        assert books.variables(stack, environment)["BOOKS_DATABASE"] == "/somewhere/books.db"
