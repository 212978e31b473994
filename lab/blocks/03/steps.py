from importlib import import_module

from kit import answered, flask_queries, unless

BOOK = {"title": "Emma", "author_id": 1, "published_date": "1815-12-23", "isbn": "9780141439587"}


def migrate(app):
    from flask_migrate import init, upgrade
    from flask_migrate import migrate as revise

    with app.app_context():
        init()
        revise()
        upgrade()


def add_authors(module):
    with module.app.app_context():
        for number in range(5):
            author = module.Author(name=f"Author {number}", email=f"{number}@example.org")
            module.db.session.add(author)
        module.db.session.commit()


def steps(take):
    module = take.run("app.py is imported", lambda: import_module("app"))
    take.run("flask db init, migrate, upgrade", lambda: migrate(module.app))
    take.run("authors are stored", lambda: add_authors(module))
    module.app.testing = True
    client = module.app.test_client()
    take.run("POST /api/books", lambda: answered(client.post("/api/books", json=BOOK), 201))
    take.run("GET /api/books", lambda: answered(client.get("/api/books")))
    take.run("GET /books", lambda: answered(client.get("/books")))
    for number in range(2, 6):
        client.post("/api/books", json={**BOOK, "author_id": number, "isbn": f"978014143958{number}"})

    def queries():
        with module.app.app_context():
            sent = flask_queries(module.db.engine, lambda: client.get("/api/books"))
        return unless(sent == 1, f"{sent} queries for 5 books of 5 authors")

    take.expect("books and authors come with one query", queries)
    module.app.testing = False

    def answer(text):
        response = client.post("/api/books", **text)
        return unless(response.status_code < 500, f"status {response.status_code}: {response.text.strip()[:110]}…")

    without_date = {key: value for key, value in BOOK.items() if key != "published_date"}
    take.expect("a book without a date is the client's mistake", lambda: answer({"json": without_date}))
    take.expect("an ISBN that is there already is the client's mistake", lambda: answer({"json": BOOK}))

    def said():
        found = client.post("/api/books", data="title=Emma").get_json(silent=True)
        return unless(found == {"error": "Title is required"}, "415 Unsupported Media Type, as an HTML page")

    take.expect("the check of data answers a body that is no JSON", said)
