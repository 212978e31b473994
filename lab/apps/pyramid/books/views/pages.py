import logging
from typing import Any

from pyramid.httpexceptions import HTTPServiceUnavailable
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.live import hub
from books.models import Book, books_with_authors

log = logging.getLogger(__name__)


# region templates
@view_config(route_name="home", request_method="GET", renderer="books:templates/books.jinja2")
def home(request: Request) -> dict[str, Any]:
    q = request.GET.get("q", "").replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = books_with_authors().where(Book.title.icontains(q, autoescape=True))
    books = request.dbsession.scalars(query.order_by(Book.title, Book.id).limit(100))
    return {"books": books.all(), "q": q}


# endregion


# region live
MOST_CLIENTS = 16  # each keeps a thread; the others are for the other addresses


@view_config(route_name="live", request_method="GET")
def live(request: Request) -> Response:
    if len(hub.clients) >= MOST_CLIENTS:
        raise HTTPServiceUnavailable
    return Response(
        app_iter=hub.listen(), content_type="text/event-stream", cache_control="no-store"
    )


# endregion


# region deployment
@view_config(route_name="health", request_method="GET", renderer="json")
def health(request: Request) -> dict[str, str]:
    try:
        request.dbsession.scalar(select(Book.id).limit(1))
    except SQLAlchemyError:
        log.exception("The store cannot be read")
        request.response.status = 503
        return {"status": "unavailable"}
    return {"status": "ok"}


# endregion
