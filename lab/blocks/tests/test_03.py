from kit import flask_queries

BOOK = {"title": "Emma", "author_id": 2, "published_date": "1815-12-23", "isbn": "9780141439587"}


def test_the_page_lists_the_book(library):
    assert library.app.test_client().get("/books").text.startswith("<p>O&#39;Reilly by Flann O&#39;Brien</p>")


def test_a_book_is_created_once(library):
    client = library.app.test_client()
    response = client.post("/api/books", json=BOOK)
    assert (response.status_code, response.json) == (201, {"id": 2, "title": "Emma", "author": "Harper Lee"})
    assert client.post("/api/books", json=BOOK).status_code == 409


def test_what_is_missing_is_named(library):
    response = library.app.test_client().post("/api/books", json={"title": "Emma", "author_id": 2})
    assert (response.status_code, response.json) == (400, {"error": "Required: published_date, isbn"})


def test_what_is_wrong_is_the_clients_mistake(library):
    client = library.app.test_client()
    assert client.post("/api/books", json={**BOOK, "published_date": "31 February"}).status_code == 400
    assert client.post("/api/books", json=[]).status_code == 400
    assert client.post("/api/books", json={**BOOK, "author_id": 99}).status_code == 404
    assert client.post("/api/books", data="title=Emma").status_code == 415


def test_books_and_authors_come_with_one_query(library):
    client = library.app.test_client()
    client.post("/api/books", json=BOOK)
    with library.app.app_context():
        assert flask_queries(library.db.engine, lambda: client.get("/api/books")) == 1
    assert len(client.get("/api/books").json) == 2
