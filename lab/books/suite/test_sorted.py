"""What only shows where books and authors are stored in another order than they are listed in."""

from __future__ import annotations

import pytest

from lab.books.instances import EDITOR, PASSWORD, served
from lab.books.sample import as_csv, book, isbn13, new_isbn, rows
from lab.books.suite.conftest import bearer, client_of, eventually, is_problem, requests_of
from lab.books.suite.test_page import page_of

LATE_FIRST = [*rows(["A book"], author="Zed Late"), *rows(["Another book"], author="Abe Early")]
"""Two authors with a book each; the later by name is stored first."""


@pytest.fixture(scope="module")
def late_first(stores, folder):
    """A store whose authors were stored in the wrong order, one after the other; only read."""
    with served(stores, folder / "late-first", seed=as_csv(LATE_FIRST[:1])) as own:
        file = own.folder / "more.csv"
        file.write_text(as_csv(LATE_FIRST[1:]), encoding="utf-8", newline="")
        assert own.run("import", str(file)).status == 0
        yield own


@pytest.mark.item("statistics")
def test_equal_numbers_are_sorted_by_name(late_first):
    with client_of(late_first) as reader:
        assert [row["author"]["name"] for row in reader.get("/api/statistics").json()] == ["Abe Early", "Zed Late"]


@pytest.mark.item("authors")
def test_authors_are_sorted_by_name_whenever_they_were_stored(late_first):
    with client_of(late_first) as reader:
        assert [one["name"] for one in reader.get("/api/authors").json()["items"]] == ["Abe Early", "Zed Late"]


@pytest.fixture(scope="module")
def backwards(stores, folder):
    """A store with more books than the page has, the last by title stored first, by an author of markup; only read."""
    titles = (f"Numbered {number:04}" for number in reversed(range(150)))
    with served(stores, folder / "backwards", seed=as_csv(rows(titles, author="<b>Abe</b> & Co"))) as own:
        yield own


@pytest.mark.item("html-page")
def test_the_page_has_the_first_hundred_by_title(backwards):
    with client_of(backwards) as own:
        text = page_of(own).text
    assert "Numbered 0000" in text
    assert "Numbered 0099" in text
    assert "Numbered 0100" not in text


@pytest.mark.item("html-page")
def test_markup_in_the_name_of_an_author_is_text(backwards):
    with client_of(backwards) as own:
        page = page_of(own)
    assert "b" not in page.elements
    assert "<b>Abe</b> & Co" in page.text


@pytest.mark.item("create")
def test_an_isbn_may_begin_with_979(editor):
    digits = f"979{new_isbn()[3:12]}"
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    isbn = f"{digits}{-total % 10}"
    assert editor.post("/api/books", json=book(isbn=isbn)).json()["isbn"] == isbn
    assert isbn13(1).startswith("978")


@pytest.mark.item("partial-update")
def test_an_update_stores_no_hyphens(editor):
    made, isbn = editor.post("/api/books", json=book()).json(), new_isbn()
    written = f"{isbn[:3]}-{isbn[3]}-{isbn[4:]}"
    assert editor.patch(f"/api/books/{made['id']}", json={"isbn": written}).json()["isbn"] == isbn
    assert editor.get(f"/api/books/{made['id']}").json()["isbn"] == isbn


@pytest.mark.item("bulk-import")
def test_a_duplicate_at_the_end_of_a_long_import_rolls_all_back(editor):
    many = [book(title="Long and in vain") for _ in range(1500)]
    is_problem(editor.post("/api/books/import", json=[*many, many[0] | {"title": "Long and in vain, again"}]), 422)
    assert editor.get("/api/books", params={"q": "Long and in vain"}).json()["total"] == 0


@pytest.mark.item("authentication")
@pytest.mark.parametrize("password", [f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.upper()])
def test_a_password_is_taken_as_it_is(client, password):
    is_problem(client.post("/api/token", json={"username": EDITOR, "password": password}), 401)


@pytest.mark.item("request-log")
def test_a_request_that_fails_is_one_line(broken):
    own = f"fails-{new_isbn()}"
    with client_of(broken, headers=bearer()) as reader:
        assert reader.get("/api/books", headers={"X-Request-ID": own}).status_code == 500
    (line,) = eventually(lambda: [line for line in requests_of(broken, own) if "ms" in line])
    assert (line["path"], line["status"]) == ("/api/books", 500)


@pytest.mark.item("background")
def test_a_listener_that_knows_nothing_of_it_is_logged(editor, listener, server):
    listener.status = 404
    try:
        lines, sent = len(server.log.splitlines()), book()
        assert editor.post("/api/books", json=sent).status_code == 201
        eventually(lambda: listener.of(sent["isbn"]))
        eventually(lambda: [line for line in server.log.splitlines()[lines:] if '"ms"' not in line and line.strip()])
    finally:
        listener.status = 204
