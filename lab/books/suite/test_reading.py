"""Lists, one book, statistics, the export and the page."""

from __future__ import annotations

import csv
import io
import socket

import pytest

from lab.books.sample import AUTHORS, AWKWARD, COLUMNS, as_csv, book, rows
from lab.books.suite.conftest import SEED, bearer, client_of, fields_of, is_problem

PLAIN = {"q": "Plain 0"}
"""The forty books of the seed whose titles sort as they are counted."""


@pytest.mark.item("authors")
def test_authors_are_listed_by_name(client):
    page = client.get("/api/authors", params={"per_page": 100}).json()
    assert set(page) >= {"items", "total", "page", "per_page"}
    names = [author["name"] for author in page["items"]]
    assert set(AUTHORS) <= set(names)
    assert names == sorted(names)
    assert page["total"] == len(names)
    assert all(set(author) == {"id", "name"} and isinstance(author["id"], int) for author in page["items"])


@pytest.mark.item("authors")
def test_authors_come_in_pages(client):
    whole = client.get("/api/authors", params={"per_page": 100}).json()
    second = client.get("/api/authors", params={"per_page": 2, "page": 2}).json()
    assert (second["page"], second["per_page"], second["total"]) == (2, 2, whole["total"])
    assert second["items"] == whole["items"][2:4]


@pytest.mark.item("authors")
@pytest.mark.parametrize("query", ["page=0", "per_page=0", "per_page=101", "page=x"])
def test_authors_refuse_a_page_that_is_none(client, query):
    assert fields_of(client.get(f"/api/authors?{query}")) == {query.partition("=")[0]}


@pytest.mark.item("paging")
def test_the_first_page_has_twenty(client):
    page = client.get("/api/books", params=PLAIN).json()
    assert (page["page"], page["per_page"], page["total"], len(page["items"])) == (1, 20, 40, 20)
    assert [item["title"] for item in page["items"]] == [f"Plain {number:03}" for number in range(20)]
    assert set(page["items"][0]) == {"id", "title", "isbn", "published", "pages", "author"}
    assert set(page["items"][0]["author"]) == {"id", "name"}


@pytest.mark.item("paging")
def test_pages_join_without_gap_or_overlap(client):
    found = [client.get("/api/books", params=PLAIN | {"per_page": 15, "page": page}).json() for page in (1, 2, 3, 4)]
    assert [len(page["items"]) for page in found] == [15, 15, 10, 0]
    assert [page["total"] for page in found] == [40] * 4
    titles = [item["title"] for page in found for item in page["items"]]
    assert titles == [f"Plain {number:03}" for number in range(40)]


@pytest.mark.item("paging")
def test_equal_titles_are_ordered_by_id(editor):
    made = [editor.post("/api/books", json=book(title="Equal titles")).json()["id"] for _ in range(3)]
    found = editor.get("/api/books", params={"q": "Equal titles"}).json()["items"]
    assert [item["id"] for item in found] == sorted(made)


@pytest.mark.item("paging")
@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=1.5", "per_page=0", "per_page=101", "per_page=many", "per_page=-5"],
)
def test_a_page_that_is_none_is_refused(client, query):
    assert fields_of(client.get(f"/api/books?{query}")) == {query.partition("=")[0]}


@pytest.mark.item("paging")
def test_statements_do_not_grow_with_the_page(client, statements):
    with statements() as few:
        assert len(client.get("/api/books", params=PLAIN | {"per_page": 2}).json()["items"]) == 2
    with statements() as many:
        assert len(client.get("/api/books", params=PLAIN | {"per_page": 40}).json()["items"]) == 40
    assert 1 <= many.selects <= 3, many.all
    assert many.selects == few.selects


@pytest.mark.item("filtering")
def test_a_part_of_the_title_is_found_whatever_its_capitals(client):
    found = client.get("/api/books", params={"q": "pLAIN 01"}).json()
    assert [item["title"] for item in found["items"]] == [f"Plain {number:03}" for number in range(10, 20)]


@pytest.mark.item("filtering")
@pytest.mark.parametrize(("q", "titles"), [("100%", 1), ("_everything_", 1), ("%", 1), ("_", 1), ("%%%", 0), ("\\", 0)])
def test_wildcards_mean_themselves(client, q, titles):
    found = client.get("/api/books", params={"q": q, "per_page": 100}).json()["items"]
    assert [item["title"] for item in found] == ["100% of _everything_"] * titles


@pytest.mark.item("filtering")
def test_filters_narrow_together(client):
    authors = client.get("/api/authors", params={"per_page": 100}).json()["items"]
    number = next(author["id"] for author in authors if author["name"] == AUTHORS[1])
    mine = client.get("/api/books", params=PLAIN | {"author": number, "per_page": 100}).json()["items"]
    assert len(mine) == 7
    assert {item["author"]["name"] for item in mine} == {AUTHORS[1]}
    year = client.get("/api/books", params=PLAIN | {"year": 2002, "per_page": 100}).json()["items"]
    assert [item["published"][:4] for item in year] == ["2002", "2002"]
    both = client.get("/api/books", params=PLAIN | {"author": number, "year": 2002}).json()
    assert both["total"] == 1
    assert both["items"][0] in mine
    assert client.get("/api/books", params={"author": 10**9}).json()["total"] == 0


@pytest.mark.item("filtering")
@pytest.mark.parametrize("query", ["author=x", "year=x", "author=1.5", "year=next"])
def test_a_filter_that_is_no_number_is_refused(client, query):
    assert fields_of(client.get(f"/api/books?{query}")) == {query.partition("=")[0]}


@pytest.mark.item("filtering")
@pytest.mark.parametrize("name", ["author", "year", "page"])
def test_a_number_beyond_all_rows_breaks_nothing(client, name):
    assert client.get("/api/books", params={name: "9" * 20}).status_code in (200, 422)


@pytest.mark.item("filtering")
def test_a_year_has_its_first_and_its_last_day(editor):
    days = ("1989-12-31", "1990-01-01", "1990-12-31", "1991-01-01")
    made = [editor.post("/api/books", json=book(title="Days of a year", published=day)).json() for day in days]
    assert [one["published"] for one in made] == list(days)
    found = editor.get("/api/books", params={"q": "Days of a year", "year": 1990}).json()["items"]
    assert [item["published"] for item in found] == list(days[1:3])


@pytest.mark.item("filtering")
@pytest.mark.parametrize("year", ["0", "-1", "2", "9998", "10000"])
def test_a_year_in_which_no_book_appeared_finds_none(client, year):
    answer = client.get("/api/books", params={"year": year})
    assert answer.status_code == 422 or answer.json()["total"] == 0


@pytest.mark.item("one-book")
def test_one_book(client):
    listed = client.get("/api/books", params=PLAIN).json()["items"][3]
    answer = client.get(f"/api/books/{listed['id']}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == listed
    assert listed["pages"] is None


@pytest.mark.item("one-book")
@pytest.mark.parametrize("number", ["0", "999999", "-1"])
def test_a_book_that_is_not_there(client, number):
    assert client.get(f"/api/books/{number}").status_code in ((404,) if number == "999999" else (404, 422))


@pytest.mark.item("one-book")
@pytest.mark.parametrize("number", ["x", "1.5", "9" * 20, "1x", "%00"])
def test_what_is_no_number_is_no_book(client, number):
    assert client.get(f"/api/books/{number}").status_code in (400, 404, 422)


@pytest.mark.item("statistics")
def test_books_are_counted_by_author_in_one_statement(editor, statements):
    with statements() as asked:
        found = editor.get("/api/statistics").json()
    assert asked.selects == 1, asked.all
    assert all(set(row) == {"author", "books"} and set(row["author"]) == {"id", "name"} for row in found)
    assert found == sorted(found, key=lambda row: (-row["books"], row["author"]["name"]))
    for row in found:
        listed = editor.get("/api/books", params={"author": row["author"]["id"]}).json()
        assert row["books"] == listed["total"]


@pytest.mark.item("statistics")
def test_an_author_without_books_counts_none(serve):
    lonely = as_csv(rows(["The only one"], author="Zoë Lonely"))
    with client_of(serve(store=lonely), headers=bearer()) as own:
        assert [row["books"] for row in own.get("/api/statistics").json()] == [1]
        number = own.get("/api/books").json()["items"][0]["id"]
        assert own.delete(f"/api/books/{number}").status_code == 204
        found = own.get("/api/statistics").json()
        assert [(row["author"]["name"], row["books"]) for row in found] == [("Zoë Lonely", 0)]


@pytest.mark.item("csv-export")
def test_the_export_is_what_was_imported(untouched):
    given = SEED
    with client_of(untouched) as own:
        answer = own.get("/api/books.csv")
    kind, _, charset = answer.headers["content-type"].partition(";")
    assert (answer.status_code, kind.strip()) == (200, "text/csv")
    assert charset.strip().lower().replace('"', "") == "charset=utf-8"
    disposition = answer.headers["content-disposition"].replace('"', "")
    assert disposition.replace(" ", "") == "attachment;filename=books.csv"
    sent = list(csv.reader(io.StringIO(given, newline="")))
    assert list(csv.reader(io.StringIO(answer.text, newline=""))) == sent
    assert sent[0] == list(COLUMNS)
    assert {row[0] for row in sent} >= set(AWKWARD)


@pytest.mark.item("csv-export")
def test_five_thousand_books_are_sent_in_pieces(eastern):
    with client_of(eastern, headers=bearer()) as writer:
        before = writer.get("/api/books").json()["total"]
        many = [book(title=f"Many {number}") for number in range(5000)]
        assert writer.post("/api/books/import", json=many).status_code == 201
    with socket.create_connection(("127.0.0.1", eastern.port), timeout=60) as raw:
        raw.sendall(b"GET /api/books.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        whole = b"".join(iter(lambda: raw.recv(65536), b""))
    head, _, rest = whole.partition(b"\r\n\r\n")
    assert b"content-length" not in head.lower()
    assert b"transfer-encoding: chunked" in head.lower()
    sizes, lines = [], b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        sizes.append(length)
        lines, rest = lines + rest[:length], rest[length + 2 :]
    assert sizes[-1] == 0
    assert len([size for size in sizes if size]) > 1
    assert len(list(csv.reader(io.StringIO(lines.decode(), newline="")))) == 1 + before + 5000


@pytest.mark.item("problems")
def test_addresses_and_methods_that_are_not_there(client):
    is_problem(client.get("/api/nothing"), 404)
    is_problem(client.get("/api/books/999999"), 404)
    is_problem(client.put("/api/statistics", headers=bearer(), json={}), 405)
