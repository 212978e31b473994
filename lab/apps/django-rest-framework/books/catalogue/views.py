import csv

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.generics import ListAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet, ModelViewSet

from .errors import Conflict, problems
from .filters import BookFilter
from .live import publish
from .models import Author, Book
from .serializers import (
    AuthorSerializer,
    BookImportSerializer,
    BookSerializer,
    ImportSerializer,
    StatisticsSerializer,
)
from .tasks import notify


# region pagination
@extend_schema_view(
    list=extend_schema(responses={200: AuthorSerializer(many=True)} | problems(401, 422))
)
class AuthorViewSet(ListModelMixin, GenericViewSet):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


# endregion


# region routing
@extend_schema_view(
    list=extend_schema(responses={200: BookSerializer(many=True)} | problems(401, 422)),
    create=extend_schema(responses={201: BookSerializer} | problems(400, 401, 409, 415, 422)),
    retrieve=extend_schema(responses={200: BookSerializer} | problems(401, 404)),
    partial_update=extend_schema(
        responses={200: BookSerializer} | problems(400, 401, 404, 409, 415, 422)
    ),
    destroy=extend_schema(responses={204: None} | problems(401, 404)),
)
class BookViewSet(ModelViewSet):
    """Lists, makes, shows, changes and deletes books."""

    queryset = Book.objects.select_related("author")
    serializer_class = BookSerializer
    filterset_class = BookFilter
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    lookup_value_converter = "int"

    # endregion

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method in ("POST", "PATCH") and not request.body:
            raise ParseError("The body is empty.")

    def save(self, serializer):
        try:
            with transaction.atomic():
                serializer.save()
        except IntegrityError:
            raise Conflict from None

    # region validation
    def perform_create(self, serializer):
        self.save(serializer)
        event = {"event": "created", "book": serializer.data}
        publish(event)
        if settings.BOOKS_WEBHOOK:
            notify.enqueue(event)

    # endregion

    # A serializer saves every field: no other writer between the reading and the saving.
    def get_queryset(self):
        books = super().get_queryset()
        return books.select_for_update(of=["self"]) if self.action == "partial_update" else books

    @transaction.atomic
    def partial_update(self, request, *args, **kwargs):
        return super().partial_update(request, *args, **kwargs)

    def perform_update(self, serializer):
        self.save(serializer)

    def perform_destroy(self, instance):
        deleted, _ = instance.delete()
        if not deleted:  # somebody else was faster
            raise Http404

    def get_success_headers(self, data):
        return {"Location": reverse("book-detail", args=[data["id"]])}

    # region transaction
    @extend_schema(
        request=BookSerializer(many=True),
        responses={201: ImportSerializer} | problems(400, 401, 415, 422),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="import", pagination_class=None)
    def import_books(self, request):
        serializer = BookImportSerializer(data=request.data, many=True, max_length=50_000)
        serializer.is_valid(raise_exception=True)
        try:
            books = serializer.save()
        except IntegrityError:  # one was stored by somebody else meanwhile, and is found now
            books = serializer.save()
        return Response({"imported": len(books)}, status=201)

    # endregion


# region database
@extend_schema(responses={200: StatisticsSerializer(many=True)} | problems(401))
class StatisticsView(ListAPIView):
    queryset = Author.objects.by_books()
    serializer_class = StatisticsSerializer
    pagination_class = None


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


class BookExportView(APIView):
    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR} | problems(401))
    def get(self, request):
        headers = {"Content-Disposition": 'attachment; filename="books.csv"'}
        return StreamingHttpResponse(
            csv_chunks(), content_type="text/csv; charset=utf-8", headers=headers
        )


# endregion
