import csv
import json

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from .auth import authenticate, create_token, token_required, unauthorized
from .errors import conflict, field_errors, invalid, problem
from .forms import BookFilterForm, BookForm, BookImportForm, CredentialsForm, PageForm
from .live import publish
from .models import Author, Book
from .tasks import notify


# region errors
@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    def http_method_not_allowed(self, request, *args, **kwargs):
        response = super().http_method_not_allowed(request, *args, **kwargs)
        return problem(405, headers={"Allow": response["Allow"]})


def read_json(request, kind=dict):
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is no JSON.") from None
    if not isinstance(data, kind):
        raise BadRequest("The body is JSON of another kind.")
    return data


# endregion


# region authentication
class TokenView(ApiView):
    def post(self, request):
        form = CredentialsForm(read_json(request))
        if not form.is_valid():
            return invalid(form)
        if not authenticate(**form.cleaned_data):
            return unauthorized("The name or the password is wrong.")
        return JsonResponse(
            {
                "access_token": create_token(form.cleaned_data["username"]),
                "token_type": "bearer",
                "expires_in": settings.BOOKS_TOKEN_SECONDS,
            }
        )


# endregion


# region pagination
def page_form(request):
    return PageForm({"page": "1", "per_page": str(settings.BOOKS_PAGE_SIZE), **request.GET.dict()})


def page_response(queryset, page, per_page):
    paginator = Paginator(queryset, per_page)
    try:
        items = paginator.page(page).object_list
    except EmptyPage:
        items = []
    return JsonResponse(
        {
            "items": [item.as_dict() for item in items],
            "total": paginator.count,
            "page": page,
            "per_page": per_page,
        }
    )


class AuthorListView(ApiView):
    def get(self, request):
        form = page_form(request)
        if not form.is_valid():
            return invalid(form)
        return page_response(Author.objects.all(), **form.cleaned_data)


class BookListView(ApiView):
    def get(self, request):
        form, filters = page_form(request), BookFilterForm(request.GET)
        if not (form.is_valid() and filters.is_valid()):
            return invalid(form, filters)
        books = Book.objects.select_related("author")
        books = books.filter(title__icontains=filters.cleaned_data["q"])
        if (author := filters.cleaned_data["author"]) is not None:
            books = books.filter(author=author)
        if (year := filters.cleaned_data["year"]) is not None:
            books = books.filter(published__year=year)
        return page_response(books, **form.cleaned_data)

    # endregion

    @method_decorator(token_required)
    # region validation
    def post(self, request):
        form = BookForm(read_json(request))
        if not form.is_valid():
            return invalid(form)
        try:
            with transaction.atomic():
                book = Book.objects.create(**form.cleaned_data)
        except IntegrityError:
            return conflict()
        event = {"event": "created", "book": book.as_dict()}
        publish(event)
        if settings.BOOKS_WEBHOOK:
            notify.enqueue(event)
        headers = {"Location": reverse("book", args=[book.pk])}
        return JsonResponse(book.as_dict(), status=201, headers=headers)

    # endregion


# region routing
class BookView(ApiView):
    def get(self, request, pk):
        book = get_object_or_404(Book.objects.select_related("author"), pk=pk)
        return JsonResponse(book.as_dict())

    # endregion

    @method_decorator(token_required)
    def patch(self, request, pk):
        book = get_object_or_404(Book, pk=pk)
        data = read_json(request)
        form = BookForm({**book.as_dict(), "author_id": book.author_id, **data})
        if not form.is_valid():
            return invalid(form)
        changed = form.fields.keys() & data.keys()
        for field in changed:
            setattr(book, field, form.cleaned_data[field])
        try:
            with transaction.atomic():
                book.save(update_fields=changed)
        except Book.NotUpdated:  # deleted meanwhile
            raise Http404 from None
        except IntegrityError:
            return conflict()
        return JsonResponse(book.as_dict())

    @method_decorator(token_required)
    def delete(self, request, pk):
        deleted, _ = Book.objects.filter(pk=pk).delete()
        if not deleted:
            raise Http404
        return HttpResponse(status=204)


# region database
class StatisticsView(ApiView):
    def get(self, request):
        authors = Author.objects.by_books()
        statistics = [{"author": a.as_dict(), "books": a.book_count} for a in authors]
        return JsonResponse(statistics, safe=False)


# endregion


# region transaction
IMPORT_LIMIT = 50_000


class BookImportView(ApiView):
    @method_decorator(token_required)
    def post(self, request):
        rows = read_json(request, list)
        if len(rows) > IMPORT_LIMIT:
            return problem(413, f"Send {IMPORT_LIMIT} books or fewer.")
        form = BookImportForm({})  # one for all: to make a form takes longer than to check it
        books, errors = [], []
        for index, row in enumerate(rows):
            form.data = row if isinstance(row, dict) else {}
            form.full_clean()
            if form.is_valid():
                books.append((index, Book(**form.cleaned_data)))
            else:
                errors += field_errors(form, index=index)
        try:
            return self.store(books, errors)
        except IntegrityError:  # one was stored by somebody else meanwhile, and is found now
            return self.store(books, errors)

    def store(self, books, errors):
        with transaction.atomic():
            taken = set(Book.objects.in_bulk([b.isbn for _, b in books], field_name="isbn"))
            authors = set(Author.objects.values_list("pk", flat=True))
            for index, book in books:
                if book.isbn in taken:
                    message = "There is a book with this ISBN."
                    errors.append({"index": index, "field": "isbn", "message": message})
                if book.author_id not in authors:
                    message = "There is no such author."
                    errors.append({"index": index, "field": "author_id", "message": message})
                taken.add(book.isbn)
            if errors:
                return problem(422, "Nothing was imported.", errors=errors)
            Book.objects.bulk_create(book for _, book in books)
        return JsonResponse({"imported": len(books)}, status=201)


# endregion


# region streaming
class Echo:
    """Only the method that a CSV writer needs: it returns the line instead of keeping it."""

    def write(self, value):
        return value


async def csv_chunks():
    writer = csv.writer(Echo())
    lines = [writer.writerow(["title", "isbn", "published", "pages", "author"])]
    async for book in Book.objects.select_related("author").order_by("pk").aiterator():
        row = [book.title, book.isbn, book.published, book.pages, book.author.name]
        lines.append(writer.writerow(row))
        if len(lines) == 500:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


class BookExportView(ApiView):
    def get(self, request):
        headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
        return StreamingHttpResponse(
            csv_chunks(), content_type="text/csv; charset=utf-8", headers=headers
        )


# endregion
