# Complex queries with relationships
from django.db.models import Count, Avg, Q
from datetime import datetime, timedelta

# Get authors with book counts and average ratings
authors_with_stats = Author.objects.annotate(
    book_count=Count('books'),
    avg_rating=Avg('books__rating')
).filter(book_count__gt=0)

# Complex filtering with Q objects
recent_popular_books = Book.objects.filter(
    Q(published_date__gte=datetime.now() - timedelta(days=365)) &
    Q(rating__gte=4.0)
).select_related('author').order_by('-rating')

# Bulk operations for performance
Book.objects.filter(published_date__year=2020).update(is_archived=True)

# Raw SQL when needed
from django.db import connection

with connection.cursor() as cursor:
    cursor.execute(
        "SELECT author_id, COUNT(*) FROM books GROUP BY author_id"
    )
    results = cursor.fetchall()
