from django.contrib import admin

from .models import Author, Book


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    autocomplete_fields = ["author"]
    date_hierarchy = "published"
    list_display = ["title", "author", "published", "isbn"]
    search_fields = ["title", "isbn"]
