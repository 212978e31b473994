# Complex queries with relationships
from django.db import connection
from django.db.models import Count, Avg, Q
from datetime import datetime, timedelta

from .models import Author, Book

# Get authors with book counts and average ratings
def authors_with_stats():
    return Author.objects.annotate(
        book_count=Count('books'),
        avg_rating=Avg('books__rating')
    ).filter(book_count__gt=0)

# Complex filtering with Q objects
def recent_popular_books():
    return Book.objects.filter(
        Q(published_date__gte=datetime.now() - timedelta(days=365)) &
        Q(rating__gte=4.0)
    ).select_related('author').order_by('-rating')

# Bulk operations for performance
def archive(year):
    return Book.objects.filter(published_date__year=year).update(is_archived=True)

# Raw SQL when needed
def books_by_author():
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT author_id, COUNT(*) FROM {Book._meta.db_table} GROUP BY author_id"
        )
        return cursor.fetchall()
