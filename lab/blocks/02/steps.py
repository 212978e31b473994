from importlib import import_module

from kit import answered, client_of, unless

BOOK = {"title": "Emma", "author_id": 1, "published_date": "1815-12-23", "isbn": "9780141439587"}


def steps(take):
    app = take.run("main.py is imported", lambda: import_module("main")).app
    client = client_of(app)
    take.run("POST /books/", lambda: answered(client.post("/books/", json=BOOK)))
    take.run("GET /books/", lambda: answered(client.get("/books/")))
    take.run("GET /analytics/1", lambda: answered(client.get("/analytics/1")))

    def status(**changed):
        return client.post("/books/", json={**BOOK, **changed}).status_code

    take.expect("a new book is answered with 201", lambda: unless((found := status()) == 201, f"status {found}"))
    take.expect(
        "a day that there is not is refused",
        lambda: unless((found := status(published_date="31 February")) == 422, f"status {found}"),
    )

    def email():
        return unless(_refused(), 'AuthorCreate takes "not an address"')

    def _refused():
        try:
            import_module("main").AuthorCreate(name="Jane Austen", email="not an address")
        except ValueError:
            return True
        return False

    take.expect("what is no e-mail address is refused", email)
