from datetime import date

from kit import answered, migrate, set_up_django


def add_a_book():
    from books.models import Author, Book

    author = Author.objects.create(name="Jane Austen", email="jane@example.org")
    Book.objects.create(title="Emma", author=author, published_date=date(1815, 12, 23), isbn="9780141439587")


def steps(take):
    take.run("the project loads", set_up_django)
    take.run("the migrations are made and applied", migrate)
    take.run("a book is stored", add_a_book)
    from django.test import Client

    take.run("GET /books/", lambda: answered(Client().get("/books/")))
    take.run("GET /api/books/", lambda: answered(Client().get("/api/books/")))
