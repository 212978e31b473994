# region database
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count

from .validators import validate_isbn


class AuthorQuerySet(models.QuerySet):
    def by_books(self) -> "AuthorQuerySet":
        """Every author with the number of books, most books first: one outer join."""
        counted = self.annotate(book_count=Count("books"))
        return counted.order_by("-book_count", "name", "id")


class Author(models.Model):
    name = models.CharField(max_length=200, unique=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=200, db_index=True)
    isbn = models.CharField("ISBN", max_length=13, unique=True, validators=[validate_isbn])
    published = models.DateField(db_index=True)
    pages = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="books")

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


# endregion
