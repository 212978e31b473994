from datetime import date
from importlib import import_module
from pathlib import Path

from kit import answered, unless

BOOK = {"title": "Emma", "author_id": 1, "published_date": date(1815, 12, 23), "isbn": "9780141439587"}


def stored(module):
    with module.app.app_context():
        module.db.create_all()
        module.db.session.add(module.Author(name="Flann O'Brien", email="flann@example.org"))
        module.db.session.add(module.Book(**{**BOOK, "title": "O'Reilly"}))
        module.db.session.commit()


def steps(take):
    if Path("app.py").is_file():
        module = import_module("app")
        take.run("a book is stored by the application of block 3", lambda: stored(module))

        def search():
            from markupsafe import escape

            with module.app.app_context():
                found = module.Book.query.filter(module.Book.title.contains(escape("O'Reilly"))).all()
            return unless(len(found) == 1, f"no book: the query is for {escape(chr(79) + chr(39) + 'Reilly')}")

        def incomplete():
            with module.app.app_context():
                module.db.session.add(module.Book(title="Emma", isbn="9780141439588"))
                module.db.session.commit()

        def api():
            from flask_wtf.csrf import CSRFProtect

            module.app.config["SECRET_KEY"] = "your-secret-key"
            CSRFProtect(module.app)
            answered(module.app.test_client().post("/api/books", json={**BOOK, "published_date": "1815-12-23"}), 201)

        take.expect("a search for O'Reilly finds the book", search)
        take.expect("Book(title, isbn) can be stored", incomplete)
        take.expect("POST /api/books of block 3 goes on working", api)
        module.app._got_first_request = False
    take.run("forms.py is imported", lambda: import_module("forms"))
