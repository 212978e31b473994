from importlib import import_module

from kit import migrate, set_up_django


def steps(take):
    take.run("the project loads", set_up_django)
    take.run("the migrations are made and applied", migrate)

    def raw():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT author_id, COUNT(*) FROM books GROUP BY author_id")

    def fields():
        from books.models import Book

        Book.objects.filter(rating__gte=4.0)

    take.expect("the table of the raw SQL is there", raw)
    take.expect("the fields of the queries are there", fields)
    take.run("books/queries.py is imported", lambda: import_module("books.queries"))
