"""What is refused before what, what a refusal leaves as it was, and what a deletion takes away."""

from __future__ import annotations

import pytest

from lab.books.instances import EDITOR, PASSWORD
from lab.books.sample import book, new_isbn
from lab.books.suite.conftest import bearer, fields_of, is_problem, token
from lab.books.suite.test_page import page_of

NO_TOKEN = [
    ("PATCH", "/api/books/999999", {"title": "No token"}),
    ("DELETE", "/api/books/999999", None),
    ("POST", "/api/books", {"pages": 0}),
    ("PATCH", "/api/books/1", {"pages": 0}),
    ("POST", "/api/books/import", [{"pages": 0}]),
]


@pytest.mark.item("authentication")
@pytest.mark.parametrize(("method", "path", "body"), NO_TOKEN)
@pytest.mark.parametrize("headers", [{}, bearer(token(seconds=-60))], ids=["no token", "expired"])
def test_without_a_token_nothing_else_is_said(client, method, path, body, headers):
    is_problem(client.request(method, path, json=body, headers=headers), 401)


@pytest.mark.item("authentication")
@pytest.mark.parametrize(
    ("username", "password"),
    [(EDITOR.upper(), PASSWORD), (f"{EDITOR} ", PASSWORD), (EDITOR[:-1], PASSWORD), (EDITOR, PASSWORD[:-1]),
     (EDITOR, f"{PASSWORD}x"), (EDITOR, ""), (PASSWORD, EDITOR)],
)  # fmt: skip
def test_a_part_of_the_password_is_not_enough(client, username, password):
    answer = client.post("/api/token", json={"username": username, "password": password})
    assert answer.status_code in ((401, 422) if not password else (401,))
    is_problem(answer, answer.status_code)


@pytest.mark.item("problems")
@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "application/xml"])
def test_a_browser_gets_the_same(client, accept):
    headers = {"Accept": accept}
    is_problem(client.get("/api/books/999999", headers=headers), 404)
    is_problem(client.get("/api/nothing", headers=headers), 404)
    is_problem(client.get("/api/books", params={"page": 0}, headers=headers), 422)
    is_problem(client.post("/api/books", json=book(), headers=headers), 401)
    page = client.get("/api/books", headers=headers)
    assert (page.status_code, page.headers["content-type"].partition(";")[0]) == (200, "application/json")
    assert (
        client.get("/nothing", headers={"Accept": "application/json"}).headers["content-type"].startswith("text/html")
    )


JSON = [
    pytest.param(path, marks=pytest.mark.item(item))
    for path, item in (("/api/books", "paging"), ("/api/authors", "authors"), ("/api/statistics", "statistics"),
                       ("/health", "health"))
]  # fmt: skip


@pytest.mark.parametrize("path", JSON)
def test_answers_are_json_and_say_so(client, path):
    assert client.get(path).headers["content-type"].partition(";")[0].strip() == "application/json"


@pytest.mark.item("create")
def test_what_is_created_is_json_and_says_so(editor):
    made = editor.post("/api/books", json=book())
    answers = [
        made,
        editor.patch(made.headers["location"], json={"pages": 7}),
        editor.post("/api/books/import", json=[book()]),
        editor.post("/api/token", json={"username": EDITOR, "password": PASSWORD}),
    ]
    assert {answer.headers["content-type"].partition(";")[0].strip() for answer in answers} == {"application/json"}


@pytest.mark.item("problems")
@pytest.mark.parametrize("method", ["PATCH", "POST"])
@pytest.mark.parametrize("body", [b"{", b"not json", b"[]", b'"text"', b"null"])
def test_what_is_no_object_changes_nothing(editor, method, body):
    made = editor.post("/api/books", json=book()).json()
    path = f"/api/books/{made['id']}" if method == "PATCH" else "/api/token"
    answer = editor.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in ((400,) if body in (b"{", b"not json") else (400, 422))
    is_problem(answer, answer.status_code)
    assert editor.get(f"/api/books/{made['id']}").json() == made


@pytest.mark.item("partial-update")
def test_an_update_is_made_whole_or_not_at_all(editor):
    made = editor.post("/api/books", json=book()).json()
    path = f"/api/books/{made['id']}"
    for wrong in ({"pages": 0, "published": "2023-02-29"}, {"author_id": 999_999}, {"isbn": None, "title": None}):
        assert fields_of(editor.patch(path, json={"title": "Not at all"} | wrong)) == set(wrong)
    taken = editor.post("/api/books", json=book()).json()["isbn"]
    is_problem(editor.patch(path, json={"title": "Not at all", "isbn": taken}), 409)
    assert editor.get(path).json() == made


@pytest.mark.item("create")
def test_a_client_does_not_choose_the_id(editor):
    made = editor.post("/api/books", json=book(id=10**6))
    assert made.status_code in (201, 422)
    kept = made.json() if made.status_code == 201 else editor.post("/api/books", json=book()).json()
    assert kept["id"] != 10**6
    assert editor.patch(f"/api/books/{kept['id']}", json={"id": 10**6}).status_code in (200, 422)
    assert editor.get(f"/api/books/{kept['id']}").json() == kept
    is_problem(editor.get(f"/api/books/{10**6}"), 404)


@pytest.mark.item("problems")
def test_the_same_isbn_in_another_form_is_a_duplicate(editor):
    sent = book()
    again = f"{sent['isbn'][:3]}-{sent['isbn'][3:]}"
    assert editor.post("/api/books", json=sent).status_code == 201
    is_problem(editor.post("/api/books", json=book(isbn=again)), 409)
    errors = is_problem(editor.post("/api/books/import", json=[book(), book(isbn=again)]), 422)["errors"]
    assert {(error["index"], error["field"]) for error in errors} == {(1, "isbn")}


@pytest.mark.item("delete")
def test_nothing_of_a_deleted_book_remains(editor):
    sent = book(title=f"Deleted {new_isbn()}")
    made = editor.post("/api/books", json=sent).json()
    count = editor.get("/api/statistics").json()
    assert editor.delete(f"/api/books/{made['id']}").status_code == 204
    assert editor.get("/api/books", params={"q": sent["title"]}).json()["total"] == 0
    assert sent["isbn"] not in editor.get("/api/books.csv").text
    assert sent["title"] not in page_of(editor, q=sent["title"]).text
    assert sum(row["books"] for row in editor.get("/api/statistics").json()) == sum(row["books"] for row in count) - 1
    is_problem(editor.patch(f"/api/books/{made['id']}", json={"title": "Back"}), 404)
    assert editor.post("/api/books", json=sent).status_code == 201


@pytest.mark.item("one-book")
@pytest.mark.parametrize("number", ["0x1", "1e0", "1.json", "1,2", "1%202"])
def test_what_is_nearly_a_number_is_no_book(client, number):
    assert client.get("/api/books/1").status_code == 200
    assert client.get(f"/api/books/{number}").status_code in (400, 404, 422)


@pytest.mark.item("filtering")
@pytest.mark.parametrize("author", ["0", "-1", "999999"])
def test_an_author_who_is_not_there_has_no_books(client, author):
    answer = client.get("/api/books", params={"author": author})
    assert answer.status_code == 422 or answer.json()["total"] == 0


@pytest.mark.item("filtering")
@pytest.mark.parametrize(("q", "total"), [(" plain 0", 0), ("Plain  0", 0), (" 03", 10), ("' OR '1'='1", 0)])
def test_blanks_and_quotes_of_a_search_mean_themselves(client, q, total):
    assert client.get("/api/books", params={"q": q}).json()["total"] == total


@pytest.mark.item("html-page")
def test_blanks_of_a_search_mean_themselves_on_the_page(client):
    page = page_of(client, q=" plain 00")
    assert page.searched == " plain 00"
    assert "Plain 00" not in page.text


@pytest.mark.item("filtering")
def test_a_search_for_nothing_finds_all(client):
    assert client.get("/api/books?q=").json()["total"] == client.get("/api/books").json()["total"]
