from .models import Book

