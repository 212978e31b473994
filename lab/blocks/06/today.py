# SQLAlchemy with Flask-SQLAlchemy
from sqlalchemy import text

from app import app, db

# Raw SQL for complex operations
def get_reading_statistics():
    result = db.session.execute(
        text("""
        SELECT 
            a.name,
            COUNT(DISTINCT b.id) as book_count,
            AVG(r.rating) as avg_rating
        FROM author a
        JOIN book b ON a.id = b.author_id
        LEFT JOIN review r ON b.id = r.book_id
        GROUP BY a.id, a.name
        ORDER BY avg_rating DESC
        """)
    )
    return result.fetchall()

# Alternative: Direct database library usage
import sqlite3
from pathlib import Path

def get_books_direct():
    # Where Flask-SQLAlchemy keeps sqlite:///books.db
    conn = sqlite3.connect(Path(app.instance_path) / 'books.db')
    conn.row_factory = sqlite3.Row
    cursor = conn.cursor()

    cursor.execute("""
        SELECT b.title, a.name as author_name, b.published_date
        FROM book b
        JOIN author a ON b.author_id = a.id
        ORDER BY b.published_date DESC
    """)

    books = cursor.fetchall()
    conn.close()
    return [dict(book) for book in books]
