from django.db import transaction
from rest_framework import serializers

from .models import Author, Book


# region validation
class TextField(serializers.CharField):
    """Text only, where a CharField takes numbers as well."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ISBNField(TextField):
    default_error_messages = {
        "length": "An ISBN has 13 digits.",
        "prefix": "An ISBN begins with 978 or 979.",
        "checksum": "The last digit does not fit the others.",
    }

    def to_internal_value(self, data):
        isbn = super().to_internal_value(data).replace("-", "").replace(" ", "")
        if len(isbn) != 13 or not (isbn.isascii() and isbn.isdigit()):
            self.fail("length")
        if not isbn.startswith(("978", "979")):
            self.fail("prefix")
        if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(isbn)) % 10:
            self.fail("checksum")
        return isbn


class WholeNumberField(serializers.IntegerField):
    """A number only, where an IntegerField reads it from text as well."""

    def to_internal_value(self, data):
        if type(data) is not int:
            self.fail("invalid")
        return data


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["id", "name"]


class BookSerializer(serializers.ModelSerializer):
    title = TextField(max_length=200)
    isbn = ISBNField()
    pages = WholeNumberField(min_value=1, max_value=2**31 - 1, allow_null=True, required=False)
    author = AuthorSerializer(read_only=True)
    author_id = serializers.PrimaryKeyRelatedField(
        queryset=Author.objects.all(), source="author", write_only=True
    )

    class Meta:
        model = Book
        fields = ["id", "title", "isbn", "published", "pages", "author", "author_id"]


# endregion


# region transaction
class BookListSerializer(serializers.ListSerializer):
    def validate(self, books):
        seen, errors = set(), {}
        for index, book in enumerate(books):
            if book["isbn"] in seen:
                errors[index] = {"isbn": ["It is here twice."]}
            seen.add(book["isbn"])
        if errors:
            raise serializers.ValidationError(errors)
        return books

    @transaction.atomic
    def create(self, validated_data):
        taken = Book.objects.in_bulk([book["isbn"] for book in validated_data], field_name="isbn")
        errors = {
            index: {"isbn": ["It is stored already."]}
            for index, book in enumerate(validated_data)
            if book["isbn"] in taken
        }
        if errors:
            raise serializers.ValidationError(errors)
        return Book.objects.bulk_create(Book(**book) for book in validated_data)


class BookImportSerializer(BookSerializer):
    author_id = WholeNumberField(write_only=True)

    class Meta(BookSerializer.Meta):
        list_serializer_class = BookListSerializer

    def validate_author_id(self, value):
        if value not in self.context["author_ids"]:
            raise serializers.ValidationError("There is no such author.")
        return value


# endregion


# region database
class StatisticsSerializer(serializers.Serializer):
    author = AuthorSerializer(source="*")
    books = serializers.IntegerField(source="book_count")


# endregion


# region command-line
class BookRowSerializer(serializers.ModelSerializer):
    """A book as it stands in a row of a CSV file, where everything is text."""

    isbn = ISBNField()
    author = serializers.CharField(max_length=200)

    class Meta:
        model = Book
        fields = ["title", "isbn", "published", "pages", "author"]


# endregion
