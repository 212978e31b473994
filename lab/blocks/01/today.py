# models.py - Database structure
from django.conf import settings
from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
    published_date = models.DateField()
    isbn = models.CharField(max_length=13, unique=True)
    # The blocks on queries, performance and the admin use these
    rating = models.FloatField(null=True)
    is_published = models.BooleanField(default=True)
    is_archived = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name='reviews')
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

# views.py - Business logic
from django.shortcuts import render
from django.http import JsonResponse

from .models import Book

def book_list(request):
    books = Book.objects.select_related('author').all()
    return render(request, 'books/list.html', {'books': books})

def api_book_list(request):
    books = Book.objects.values('title', 'author__name', 'published_date')
    return JsonResponse(list(books), safe=False)

# urls.py - URL routing
from django.urls import path
from . import views

urlpatterns = [
    path('books/', views.book_list, name='book_list'),
    path('api/books/', views.api_book_list, name='api_book_list'),
]
