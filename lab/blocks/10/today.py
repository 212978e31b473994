# Management commands
# python manage.py runserver
# python manage.py makemigrations
# python manage.py migrate
# python manage.py shell
# python manage.py test

# Custom management command
import csv

from django.core.management.base import BaseCommand
from django.db import transaction

from books.models import Author, Book

@transaction.atomic
def import_books_from_csv(csv_file):
    with open(csv_file, newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            author = Author.objects.get(email=row.pop('author_email'))
            Book.objects.update_or_create(isbn=row.pop('isbn'), defaults={**row, 'author': author})

class Command(BaseCommand):
    help = 'Import books from CSV file'

    def add_arguments(self, parser):
        parser.add_argument('csv_file', type=str)

    def handle(self, *args, **options):
        import_books_from_csv(options['csv_file'])
        self.stdout.write('Books imported successfully')

# Admin interface customization
from django.contrib import admin

from .models import Book

@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ['title', 'author', 'published_date', 'is_published']
    list_filter = ['is_published', 'published_date', 'author']
    search_fields = ['title', 'author__name']
    date_hierarchy = 'published_date'

    def get_queryset(self, request):
        return super().get_queryset(request).select_related('author')
