from django.core.cache import cache
from django.views.decorators.cache import cache_page
from django.db import transaction

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
    stats = cache.get('book_stats')
    if not stats:
        stats = calculate_book_statistics()
        cache.set('book_stats', stats, 60 * 60)  # Cache for 1 hour

    return JsonResponse(stats)

# Bulk operations for performance
def bulk_update_books(book_updates):
    with transaction.atomic():
        for book_data in book_updates:
            Book.objects.filter(id=book_data['id']).update(
                title=book_data['title'],
                updated_at=timezone.now()
            )
