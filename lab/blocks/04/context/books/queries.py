from .models import Author, Book

