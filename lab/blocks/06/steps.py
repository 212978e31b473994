from datetime import date
from importlib import import_module
from pathlib import Path

from kit import unless


def stored(module):
    with module.app.app_context():
        module.db.create_all()
        author = module.Author(name="Jane Austen", email="jane@example.org")
        module.db.session.add(author)
        module.db.session.flush()
        book = {"title": "Emma", "author_id": author.id, "published_date": date(1815, 12, 23), "isbn": "9780141439587"}
        module.db.session.add(module.Book(**book))
        module.db.session.commit()


def counted():
    """Send the statement to tables of the names that it asks for, with one book of three reviews."""
    import re
    import sqlite3

    statement = re.search(r'text\("""(.*?)"""', Path("reports.py").read_text(encoding="utf-8"), re.DOTALL)[1]
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table authors (id, name); create table books (id, author_id); create table reviews (book_id, rating);"
        "insert into authors values (1, 'Jane Austen'); insert into books values (1, 1);"
        "insert into reviews values (1, 3), (1, 4), (1, 5);"
    )
    ((_, books, _),) = connection.execute(statement)
    connection.close()
    return unless(books == 1, f"it counts as {books}")


def steps(take):
    reports = take.run("reports.py is imported", lambda: import_module("reports"))
    if Path("app.py").is_file():
        module = import_module("app")
        take.run("a book is stored by the application of block 3", lambda: stored(module))
        where = Path(module.app.instance_path).relative_to(Path.cwd()) / "books.db"
        take.expect("books.db is where sqlite3 opens it", lambda: unless(not where.is_file(), f"it is {where}"))
        take.expect("get_books_direct() reads the book", lambda: unless(len(reports.get_books_direct()) == 1, "none"))
        take.expect("a book with three reviews counts once", counted)
        with module.app.app_context():
            take.run("get_reading_statistics()", reports.get_reading_statistics)
    take.run("get_reading_statistics()", reports.get_reading_statistics)
