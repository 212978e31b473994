# SQLAlchemy with Flask-SQLAlchemy
from flask_sqlalchemy import SQLAlchemy

# Raw SQL for complex operations
def get_reading_statistics():
    result = db.session.execute(
        text("""
        SELECT 
            a.name,
            COUNT(b.id) as book_count,
            AVG(r.rating) as avg_rating
        FROM authors a
        JOIN books b ON a.id = b.author_id
        LEFT JOIN reviews r ON b.id = r.book_id
        GROUP BY a.id, a.name
        ORDER BY avg_rating DESC
        """)
    )
    return result.fetchall()

# Alternative: Direct database library usage
import sqlite3

def get_books_direct():
    conn = sqlite3.connect('books.db')
    conn.row_factory = sqlite3.Row
    cursor = conn.cursor()

    cursor.execute("""
        SELECT b.title, a.name as author_name, b.published_date
        FROM books b
        JOIN authors a ON b.author_id = a.id
        ORDER BY b.published_date DESC
    """)

    books = cursor.fetchall()
    conn.close()
    return [dict(book) for book in books]
