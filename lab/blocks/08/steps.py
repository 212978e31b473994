from datetime import date
from importlib import import_module

from kit import answered, django_queries, migrate, set_up_django, unless


def steps(take):
    take.run("the project loads", set_up_django)
    take.run("the migrations are made and applied", migrate)
    block = take.run("books/performance.py is imported", lambda: import_module("books.performance"))
    from django.test import RequestFactory

    asked = RequestFactory().get("/")
    counted = []

    def nothing():
        counted.append(1)
        return {}

    def twice():
        from django.core.cache import cache

        was, block.calculate_book_statistics = block.calculate_book_statistics, nothing
        for _ in range(2):
            block.book_statistics.__wrapped__(asked)
        block.calculate_book_statistics = was
        cache.clear()
        return unless(len(counted) == 1, f"computed {len(counted)} times")

    if hasattr(block, "calculate_book_statistics"):
        take.expect("a result that is empty is cached too", twice)
    take.run("book_statistics()", lambda: answered(block.book_statistics(asked)))

    def fields():
        block.bulk_update_books([{"id": 1, "title": "Emma"}])

    take.expect("bulk_update_books() finds its fields", fields)

    def queries():
        from books.models import Author, Book

        author = Author.objects.create(name="Jane Austen", email="jane@example.org")
        for number in range(5):
            Book.objects.create(title="Emma", author=author, published_date=date(1815, 12, 23), isbn=str(number))

        def update():
            for data in Book.objects.values("id", "title"):
                Book.objects.filter(id=data["id"]).update(title=data["title"])

        sent = django_queries(update) - 1
        return unless(sent == 1, f"{sent} for 5 books")

    take.expect("a loop of update() sends one UPDATE", queries)
    take.run("optimized_book_list()", lambda: answered(block.optimized_book_list(asked)))
