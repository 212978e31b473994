import re
from collections import defaultdict

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
        """Without the hyphens and blanks between digits."""
        return re.sub(r"(?<=[0-9])[- ]+(?=[0-9])", "", super().to_internal_value(data))


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


class DigitsField(serializers.IntegerField):
    """Digits only, for what comes as text; an IntegerField takes blanks and 1.0 as well."""

    def to_internal_value(self, data):
        if not re.fullmatch(r"[0-9]+", data):
            self.fail("invalid")
        return super().to_internal_value(data)


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
        queryset=Author.objects.all(),
        pk_field=WholeNumberField(),
        source="author",
        write_only=True,
    )

    class Meta:
        model = Book
        fields = ["id", "title", "isbn", "published", "pages", "author", "author_id"]


# endregion


# region transaction
class BookListSerializer(serializers.ListSerializer):
    @transaction.atomic
    def create(self, validated_data):
        isbns = [book["isbn"] for book in validated_data]
        taken = set(Book.objects.in_bulk(isbns, field_name="isbn"))
        authors = set(Author.objects.values_list("pk", flat=True))
        errors = defaultdict(dict)
        for index, book in enumerate(validated_data):
            if book["isbn"] in taken:
                errors[index]["isbn"] = ["There is a book with this ISBN."]
            if book["author_id"] not in authors:
                errors[index]["author_id"] = ["There is no such author."]
            taken.add(book["isbn"])
        if errors:
            raise serializers.ValidationError(errors)
        return Book.objects.bulk_create(Book(**book) for book in validated_data)


class BookImportSerializer(BookSerializer):
    """A book among others: their authors are looked up together."""

    author_id = WholeNumberField(write_only=True)

    class Meta(BookSerializer.Meta):
        list_serializer_class = BookListSerializer


class ImportSerializer(serializers.Serializer):
    imported = serializers.IntegerField()


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
    pages = DigitsField(min_value=1, max_value=2**31 - 1, allow_null=True)
    author = serializers.CharField(max_length=200)

    class Meta:
        model = Book
        fields = ["title", "isbn", "published", "pages", "author"]


# endregion
