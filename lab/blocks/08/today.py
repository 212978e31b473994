from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_page

from .models import Book
from .statistics import calculate_book_statistics

# Database query optimization
def optimized_book_list(request):
    # Use select_related for foreign keys
    # Use prefetch_related for reverse foreign keys and many-to-many
    books = Book.objects.select_related('author').prefetch_related(
        'reviews__user'
    ).filter(is_published=True)

    return render(request, 'books/list.html', {'books': books})

# Caching for expensive operations
@cache_page(60 * 15)  # Cache for 15 minutes
def book_statistics(request):
    # Cache for 1 hour, an empty result too
    stats = cache.get_or_set('book_stats', calculate_book_statistics, 60 * 60)

    return JsonResponse(stats)

# Bulk operations for performance
def bulk_update_books(book_updates):
    now = timezone.now()
    books = [
        Book(id=book_data['id'], title=book_data['title'], updated_at=now)
        for book_data in book_updates
    ]
    # One UPDATE for each batch, all of them in one transaction
    return Book.objects.bulk_update(books, ['title', 'updated_at'], batch_size=100)
