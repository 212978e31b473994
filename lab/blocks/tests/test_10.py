from io import StringIO

import pytest
from books.models import Book
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from kit import django_queries

ROWS = """title,author_email,published_date,isbn
Emma,jane@example.org,1815-12-23,9780141439587
"Sense, Sensibility",jane@example.org,1811-10-30,9780141439662
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "books.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_the_project_is_in_order():
    call_command("check", fail_level="WARNING")


def test_the_command_imports_and_may_be_repeated(author, file):
    said = StringIO()
    for _ in range(2):
        call_command("import_books", str(file), stdout=said)
    assert "Books imported successfully" in said.getvalue()
    assert list(Book.objects.order_by("title").values_list("title", flat=True)) == ["Emma", "Sense, Sensibility"]


def test_a_file_with_a_mistake_changes_nothing(author, file):
    file.write_text(f"{ROWS}Emma,nobody@example.org,1815-12-23,1\n", encoding="utf-8")
    with pytest.raises(Exception, match="does not exist"):
        call_command("import_books", str(file))
    assert Book.objects.count() == 0


def test_the_admin_lists_books_with_their_authors(author, file):
    call_command("import_books", str(file), stdout=StringIO())
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "secret"))
    response = client.get("/admin/books/book/")
    assert response.status_code == 200
    assert response.content.count(b"Author object") >= 2
    assert django_queries(lambda: client.get("/admin/books/book/")) < 12
