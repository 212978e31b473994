import re

from django.db import transaction
from rest_framework import serializers

from .models import Author, Book
from .validators import validate_isbn


# region validation
class TextField(serializers.CharField):
    """Text only, where a CharField takes numbers as well."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ISBNField(TextField):
    default_validators = [validate_isbn]

    def to_internal_value(self, data):
        return super().to_internal_value(data).replace("-", "").replace(" ", "")


class ISODateField(serializers.DateField):
    """YYYY-MM-DD only, where a DateField takes the other forms of ISO 8601 as well."""

    def to_internal_value(self, data):
        if not isinstance(data, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


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
    published = ISODateField()
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
    published = ISODateField()
    author = serializers.CharField(max_length=200)

    class Meta:
        model = Book
        fields = ["title", "isbn", "published", "pages", "author"]


# endregion
