from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.request import Request

from books.models import Book, books_with_authors


# region routing
def includeme(config: Configurator) -> None:
    config.add_route("home", "/")
    config.add_route("health", "/health")
    config.add_route("live", "/live")
    config.include(api_routes, route_prefix="/api")


def api_routes(config: Configurator) -> None:
    config.add_route("token", "/token")
    config.add_route("authors", "/authors")
    config.add_route("statistics", "/statistics")
    config.add_route("books", "/books")
    config.add_route("export", "/books.csv")
    config.add_route("import", "/books/import")
    config.add_route("book", "/books/{id:[0-9]{1,18}}", factory=book_factory)


def book_factory(request: Request) -> Book:
    """Return the book, the context of its views.

    Who may not change it is not told whether it is there.
    """
    if request.method in {"PATCH", "DELETE"} and request.identity is None:
        raise HTTPForbidden
    query = books_with_authors().where(Book.id == int(request.matchdict["id"]))
    book = request.dbsession.scalar(query)
    if book is None:
        raise HTTPNotFound
    return book


# endregion
