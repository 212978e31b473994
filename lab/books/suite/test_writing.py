"""Creation, update, deletion, imports and tokens."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from lab.books.instances import EDITOR, PASSWORD
from lab.books.sample import AWKWARD, book, new_isbn
from lab.books.suite.conftest import bearer, client_of, fields_of, is_problem, token


@pytest.mark.item("create")
def test_a_creation_answers_with_the_book(editor):
    sent = book(title="  Blanks around  ", pages=321)
    answer = editor.post("/api/books", json=sent)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert httpx.URL(answer.headers["location"]).path == f"/api/books/{made['id']}"
    assert made["title"] == "Blanks around"
    assert (made["isbn"], made["published"], made["pages"]) == (sent["isbn"], "2024-02-29", 321)
    assert made["author"]["id"] == 1
    assert editor.get(answer.headers["location"]).json() == made


@pytest.mark.item("create")
def test_hyphens_and_blanks_of_an_isbn_are_not_stored(editor):
    isbn = new_isbn()
    written = f"{isbn[:3]}-{isbn[3]} {isbn[4:]}"
    assert editor.post("/api/books", json=book(isbn=written)).json()["isbn"] == isbn


@pytest.mark.item("create")
def test_pages_may_be_left_out(editor):
    sent = book()
    del sent["pages"]
    assert editor.post("/api/books", json=sent).json()["pages"] is None
    assert editor.post("/api/books", json=book(pages=None)).json()["pages"] is None


@pytest.mark.item("create")
@pytest.mark.parametrize("title", [*AWKWARD, "x" * 200])
def test_titles_come_back_as_they_were_sent(editor, title):
    made = editor.post("/api/books", json=book(title=title)).json()
    assert made["title"] == title
    assert editor.get(f"/api/books/{made['id']}").json()["title"] == title


BROKEN = [
    ("title", ""), ("title", "   "), ("title", "x" * 201), ("title", None), ("title", 7), ("title", ["a"]),
    ("isbn", "9780000000001"), ("isbn", "978000000000"), ("isbn", "9770000000003"), ("isbn", "97800000000X2"),
    ("isbn", ""), ("isbn", None), ("isbn", "٩٧٨٠٠٠٠٠٠٠٠٠٢"),
    ("published", "2023-02-29"), ("published", "2024-13-01"), ("published", "29.02.2024"), ("published", "soon"),
    ("published", None), ("published", ""),
    ("pages", 0), ("pages", -1), ("pages", 1.5), ("pages", "many"), ("pages", 10**30),
    ("title", True), ("isbn", 9780000000002), ("isbn", f"-{new_isbn()}"), ("isbn", f"{new_isbn()}-"),
    ("published", "20240229"), ("published", "2024-W09-4"), ("published", "2024-02-29T00:00:00"),
    ("published", "2024-2-29"), ("published", "0000-01-01"), ("published", 20240229), ("published", 1709164800),
    ("pages", "320"), ("pages", "1"), ("pages", True), ("pages", [1]), ("author_id", "1"), ("author_id", True),
    ("author_id", 999_999), ("author_id", 0), ("author_id", "x"), ("author_id", None), ("author_id", 10**30),
]  # fmt: skip


@pytest.mark.item("validation")
@pytest.mark.parametrize(("field", "value"), BROKEN)
def test_a_broken_field_is_named_alone(editor, field, value):
    before = editor.get("/api/books").json()["total"]
    assert fields_of(editor.post("/api/books", json=book(**{field: value}))) == {field}
    assert editor.get("/api/books").json()["total"] == before


@pytest.mark.item("validation")
@pytest.mark.parametrize("field", ["title", "isbn", "published", "author_id"])
def test_a_missing_field_is_named(editor, field):
    sent = book()
    del sent[field]
    assert fields_of(editor.post("/api/books", json=sent)) == {field}


@pytest.mark.item("validation")
def test_all_broken_fields_are_named_at_once(editor):
    wrong = {"title": "", "isbn": "123", "published": "2023-02-30", "pages": 0}
    assert fields_of(editor.post("/api/books", json=wrong | {"author_id": 1})) == set(wrong)
    assert fields_of(editor.post("/api/books", json=wrong | {"author_id": 999_999})) - {"author_id"} == set(wrong)
    assert fields_of(editor.post("/api/books", json={})) == {"title", "isbn", "published", "author_id"}


@pytest.mark.item("problems")
@pytest.mark.parametrize("body", [b"{", b"", b"not json", b'{"title": }', b"\xff\xfe"])
def test_what_is_no_json_is_400(editor, body):
    is_problem(editor.post("/api/books", content=body, headers={"Content-Type": "application/json"}), 400)


@pytest.mark.item("problems")
@pytest.mark.parametrize("value", [[], "text", 1, None, True])
def test_json_that_is_no_object_is_refused(editor, value):
    answer = editor.post("/api/books", content=json.dumps(value), headers={"Content-Type": "application/json"})
    is_problem(answer, 400 if answer.status_code == 400 else 422)


@pytest.mark.item("problems")
def test_a_duplicate_isbn_is_409(editor):
    sent = book()
    assert editor.post("/api/books", json=sent).status_code == 201
    is_problem(editor.post("/api/books", json=sent | {"title": "Again"}), 409)
    assert editor.get("/api/books", params={"q": "Again"}).json()["total"] == 0


@pytest.mark.item("partial-update")
def test_only_what_is_given_changes(editor):
    made = editor.post("/api/books", json=book(title="Before")).json()
    address = f"/api/books/{made['id']}"
    answer = editor.patch(address, json={"title": "After"})
    assert (answer.status_code, answer.json()) == (200, made | {"title": "After"})
    assert editor.patch(address, json={"pages": None}).json() == made | {"title": "After", "pages": None}
    assert editor.patch(address, json={}).json() == made | {"title": "After", "pages": None}
    changed = editor.patch(address, json={"author_id": 2, "published": "1999-12-31"}).json()
    assert (changed["author"]["id"], changed["published"], changed["title"]) == (2, "1999-12-31", "After")
    assert editor.get(address).json() == changed


@pytest.mark.item("partial-update")
@pytest.mark.parametrize(("field", "value"), BROKEN)
def test_an_update_has_the_rules_of_a_creation(editor, field, value):
    made = editor.post("/api/books", json=book()).json()
    address = f"/api/books/{made['id']}"
    assert fields_of(editor.patch(address, json={field: value})) == {field}
    assert editor.get(address).json() == made


@pytest.mark.item("partial-update")
def test_an_update_may_keep_its_isbn_and_not_take_another(editor):
    one, other = (editor.post("/api/books", json=book()).json() for _ in range(2))
    assert editor.patch(f"/api/books/{one['id']}", json={"isbn": one["isbn"]}).status_code == 200
    is_problem(editor.patch(f"/api/books/{one['id']}", json={"isbn": other["isbn"]}), 409)
    assert editor.get(f"/api/books/{one['id']}").json() == one
    is_problem(editor.patch("/api/books/999999", json={"title": "Nobody's"}), 404)


@pytest.mark.item("delete")
def test_a_deleted_book_is_gone(editor):
    address = f"/api/books/{editor.post('/api/books', json=book()).json()['id']}"
    answer = editor.delete(address)
    assert (answer.status_code, answer.content) == (204, b"")
    is_problem(editor.get(address), 404)
    is_problem(editor.delete(address), 404)


@pytest.mark.parametrize("number", ["x", "1.5", "9" * 20, "1x", "%00"])
@pytest.mark.parametrize(
    ("method", "changes"),
    [
        pytest.param("PATCH", {"pages": 1}, marks=pytest.mark.item("partial-update")),
        pytest.param("DELETE", None, marks=pytest.mark.item("delete")),
    ],
)
def test_what_is_no_number_is_no_book_to_change(editor, method, changes, number):
    answer = editor.request(method, f"/api/books/{number}", json=changes)
    assert answer.status_code in (400, 404, 422)


@pytest.mark.item("bulk-import")
def test_an_import_is_stored_in_one_transaction(editor, statements):
    many = [book(title=f"Bulk {number}") for number in range(300)]
    with statements() as asked:
        answer = editor.post("/api/books/import", json=many)
    assert (answer.status_code, answer.json()) == (201, {"imported": 300})
    assert editor.get("/api/books", params={"q": "Bulk "}).json()["total"] == 300
    commits = [statement for statement in asked.all if statement.upper().startswith(("COMMIT", "END"))]
    assert len(commits) == 1, commits
    assert sum(1 for statement in asked.all if statement.upper().startswith("INSERT")) >= 1


@pytest.mark.item("bulk-import")
def test_a_fault_rolls_all_back(editor):
    faulty = [book(title="Rolled back"), book(title="Rolled back", pages=0), book(title="Rolled back", isbn="123")]
    errors = is_problem(editor.post("/api/books/import", json=faulty), 422)["errors"]
    assert {(error["index"], error["field"]) for error in errors} == {(1, "pages"), (2, "isbn")}
    assert all(error["message"] for error in errors)
    assert editor.get("/api/books", params={"q": "Rolled back"}).json()["total"] == 0


@pytest.mark.item("bulk-import")
def test_duplicates_in_the_array_or_in_the_store_are_faults(editor):
    stored, twice = book(), book(title="Twice over")
    assert editor.post("/api/books", json=stored).status_code == 201
    for many, places in (
        ([twice, twice | {"title": "Twice over again"}], ({0, 1}, {1})),
        ([book(title="Twice over, innocent"), stored | {"title": "Twice over, stored"}], ({1},)),
    ):
        errors = is_problem(editor.post("/api/books/import", json=many), 422)["errors"]
        assert {error["field"] for error in errors} == {"isbn"}
        assert {error["index"] for error in errors} in places
    assert editor.get("/api/books", params={"q": "Twice over"}).json()["total"] == 0


@pytest.mark.item("bulk-import")
@pytest.mark.parametrize("value", [{}, "text", [1], [None], [[]]])
def test_what_is_no_list_of_books_is_refused(editor, value):
    assert editor.post("/api/books/import", json=value).status_code in (400, 422)


@pytest.mark.item("bulk-import")
def test_of_two_imports_that_share_an_isbn_one_is_stored(server):
    shared = new_isbn()
    batches = [
        [*(book(title=f"Race {side}") for _ in range(400)), book(title=f"Race {side}", isbn=shared)] for side in "AB"
    ]

    def send(many: list[dict[str, object]]) -> int:
        with client_of(server, headers=bearer()) as own:
            return own.post("/api/books/import", json=many).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(send, batches))
    assert answers == [201, 422]
    with client_of(server) as reader:
        found = [reader.get("/api/books", params={"q": f"Race {side}"}).json()["total"] for side in "AB"]
    assert sorted(found) == [0, 401]


@pytest.mark.item("authentication")
def test_a_token_is_given_for_the_password(client):
    answer = client.post("/api/token", json={"username": EDITOR, "password": PASSWORD})
    given = answer.json()
    assert (answer.status_code, given["token_type"].lower(), given["expires_in"]) == (200, "bearer", 3600)
    assert client.post("/api/books", json=book(), headers=bearer(given["access_token"])).status_code == 201
    assert client.post("/api/books", json=book(), headers=bearer(token())).status_code == 201


@pytest.mark.item("authentication")
@pytest.mark.parametrize(("username", "password"), [(EDITOR, "wrong"), ("nobody", PASSWORD), ("", ""), (EDITOR, "ü")])
def test_no_token_for_another_password(client, username, password):
    answer = client.post("/api/token", json={"username": username, "password": password})
    is_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


def _tampered() -> str:
    head, claims, signature = token().split(".")
    return f"{head}.{claims}.{signature[:-6]}{signature[-6:][::-1]}"


REFUSED = {
    "no token": lambda: {},
    "an empty one": lambda: {"Authorization": "Bearer"},
    "no JWT": lambda: bearer("abc"),
    "another key": lambda: bearer(token(secret="another secret, longer than thirty-two characters")),
    "expired": lambda: bearer(token(seconds=-60)),
    "without exp": lambda: bearer(token(exp=None)),
    "alg none": lambda: bearer(token(algorithm="none")),
    "another algorithm": lambda: bearer(token(algorithm="HS384")),
    "tampered": lambda: bearer(_tampered()),
    "another scheme": lambda: {"Authorization": f"Basic {token()}"},
}


@pytest.mark.item("authentication")
@pytest.mark.parametrize("header", REFUSED.values(), ids=REFUSED)
def test_writes_want_a_token_that_holds(client, header):
    title = f"Forbidden {new_isbn()}"
    number = client.get("/api/books", params={"q": "Plain 0"}).json()["items"][0]["id"]
    for method, address, body in (
        ("POST", "/api/books", book(title=title)),
        ("POST", "/api/books/import", [book(title=title)]),
        ("PATCH", f"/api/books/{number}", {"title": title}),
        ("DELETE", f"/api/books/{number}", None),
    ):
        answer = client.request(method, address, json=body, headers=header())
        is_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/api/books", params={"q": title}).json()["total"] == 0
    assert client.get(f"/api/books/{number}").status_code == 200


@pytest.mark.item("authentication")
def test_a_token_expires_when_the_setting_says(serve):
    with client_of(serve(BOOKS_TOKEN_SECONDS="3")) as own:
        given = own.post("/api/token", json={"username": EDITOR, "password": PASSWORD}).json()
        assert given["expires_in"] == 3
        headers = bearer(given["access_token"])
        assert own.post("/api/books", json=book(), headers=headers).status_code == 201
        time.sleep(4)
        is_problem(own.post("/api/books", json=book(), headers=headers), 401)
