import csv
import json
from collections.abc import AsyncIterator, Iterable
from typing import Annotated, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Body, Query, Router, Status
from ninja.errors import HttpError, ValidationError
from ninja.pagination import paginate

from .auth import EditorToken
from .errors import problems
from .live import publish
from .models import Author, Book
from .pagination import Pagination
from .schemas import (
    AuthorOut,
    BookFilter,
    BookIn,
    BookOut,
    BookPatch,
    Event,
    ImportOut,
    StatisticsOut,
)
from .tasks import notify

router = Router()
editor = EditorToken()


# region pagination
@router.get("/authors", response=list[AuthorOut], openapi_extra=problems(422))
@paginate(Pagination)
def list_authors(request: HttpRequest) -> QuerySet[Author]:
    return Author.objects.all()


@router.get("/books", response=list[BookOut], openapi_extra=problems(422))
@paginate(Pagination)
def list_books(request: HttpRequest, filters: Query[BookFilter]) -> QuerySet[Book]:
    return filters.filter(Book.objects.select_related("author"))


# endregion


# region routing
@router.get("/books/{int:book_id}", response=BookOut, url_name="book", openapi_extra=problems(404))
def get_book(request: HttpRequest, book_id: int) -> Book:
    return get_object_or_404(Book.objects.select_related("author"), pk=book_id)


# endregion


def save(book: Book, fields: Iterable[str] | None = None) -> None:
    try:
        with transaction.atomic():
            book.save(update_fields=fields)
    except Book.NotUpdated:  # deleted meanwhile
        raise Http404 from None
    except IntegrityError:
        raise HttpError(409, "There is a book with this ISBN, or the author is gone.") from None


# region validation
def refusal(message: str, *place: int | str) -> dict[str, Any]:
    return {"loc": ("body", "data", *place), "msg": message}


def check_author(author_id: int) -> None:
    if not Author.objects.filter(pk=author_id).exists():
        raise ValidationError([refusal("There is no such author.", "author_id")])


@router.post(
    "/books",
    auth=editor,
    response={201: BookOut},
    openapi_extra=problems(400, 401, 409, 422),
)
def create_book(request: HttpRequest, response: HttpResponse, data: BookIn) -> Status[Book]:
    check_author(data.author_id)
    book = Book(**data.model_dump())
    save(book)
    event = Event(event="created", book=book)
    publish(event)
    if settings.BOOKS_WEBHOOK:
        notify.enqueue(event.model_dump(mode="json"))
    response["Location"] = reverse("api:book", args=[book.pk])
    return Status(201, book)


# endregion


@router.patch(
    "/books/{int:book_id}",
    auth=editor,
    response=BookOut,
    openapi_extra=problems(400, 401, 404, 409, 422),
)
def update_book(request: HttpRequest, book_id: int, data: BookPatch) -> Book:
    if not isinstance(json.loads(request.body), dict):  # an empty list is taken for an object
        raise ValidationError([refusal("Send an object.")])
    book = get_object_or_404(Book, pk=book_id)
    if data.author_id:
        check_author(data.author_id)
    changes = data.model_dump(exclude_unset=True)
    for field, value in changes.items():
        setattr(book, field, value)
    save(book, fields=changes)
    return book


@router.delete(
    "/books/{int:book_id}", auth=editor, response={204: None}, openapi_extra=problems(401, 404)
)
def delete_book(request: HttpRequest, book_id: int) -> Status[None]:
    deleted, _ = Book.objects.filter(pk=book_id).delete()
    if not deleted:
        raise Http404
    return Status(204, None)


# region database
@router.get("/statistics", response=list[StatisticsOut])
def statistics(request: HttpRequest) -> list[dict[str, Any]]:
    return [{"author": author, "books": author.book_count} for author in Author.objects.by_books()]


# endregion


# region transaction
@router.post(
    "/books/import",
    auth=editor,
    response={201: ImportOut},
    openapi_extra=problems(400, 401, 422),
)
def import_books(
    request: HttpRequest, data: Annotated[list[BookIn], Body(max_length=50_000)]
) -> Status[ImportOut]:
    try:
        return store(data)
    except IntegrityError:  # one was stored by somebody else meanwhile, and is found now
        return store(data)


def store(data: list[BookIn]) -> Status[ImportOut]:
    refused: list[dict[str, Any]] = []
    with transaction.atomic():
        taken = set(Book.objects.in_bulk({book.isbn for book in data}, field_name="isbn"))
        authors = set(Author.objects.values_list("pk", flat=True))
        for index, book in enumerate(data):
            if book.isbn in taken:
                refused.append(refusal("There is a book with this ISBN.", index, "isbn"))
            if book.author_id not in authors:
                refused.append(refusal("There is no such author.", index, "author_id"))
            taken.add(book.isbn)
        if refused:
            raise ValidationError(refused)
        Book.objects.bulk_create(Book(**book.model_dump()) for book in data)
    return Status(201, ImportOut(imported=len(data)))


# endregion


# region streaming
class Echo:
    """Only the method that a CSV writer needs: it returns the line instead of keeping it."""

    def write(self, value: str) -> str:
        return value


async def csv_chunks() -> AsyncIterator[str]:
    writer = csv.writer(Echo())
    lines = [writer.writerow(["title", "isbn", "published", "pages", "author"])]
    async for book in Book.objects.select_related("author").order_by("pk").aiterator():
        row = [book.title, book.isbn, book.published, book.pages, book.author.name]
        lines.append(writer.writerow(row))
        if len(lines) == 500:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


@router.get("/books.csv", openapi_extra=CSV)
def export_books(request: HttpRequest) -> StreamingHttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
    return StreamingHttpResponse(
        csv_chunks(), content_type="text/csv; charset=utf-8", headers=headers
    )


# endregion
