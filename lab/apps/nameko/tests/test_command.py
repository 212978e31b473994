import io

import pytest
from marshmallow import ValidationError

from books.command import import_books
from books.models import Author

HEADER = "title,isbn,published,pages,author\n"


def test_authors_are_created(session):
    file = io.StringIO(f"{HEADER}Dune,9780441172719,1965-08-01,,Frank Herbert\n")
    assert import_books(session, file) == 1
    assert session.query(Author).filter_by(name="Frank Herbert").count() == 1


def test_another_file_is_refused(session):
    with pytest.raises(SystemExit, match="must have the columns title, isbn"):
        import_books(session, io.StringIO("name,year\nDune,1965\n"))


def test_faults_are_named_by_line(session):
    file = io.StringIO(f"{HEADER}Dune,9780441172719,1965-08-32,many,Frank Herbert\n")
    with pytest.raises(ValidationError) as caught:
        import_books(session, file)
    assert set(caught.value.messages[2]) == {"published", "pages"}
