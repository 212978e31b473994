from flask import Flask, request, jsonify, render_template
from flask_sqlalchemy import SQLAlchemy
from flask_migrate import Migrate
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload
from datetime import date

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///books.db'
db = SQLAlchemy(app)
migrate = Migrate(app, db)

# Database models
class Author(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(100), nullable=False)
    email = db.Column(db.String(120), unique=True, nullable=False)
    books = db.relationship('Book', back_populates='author')

class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(200), nullable=False)
    author_id = db.Column(db.Integer, db.ForeignKey('author.id'), nullable=False)
    author = db.relationship('Author', back_populates='books')
    published_date = db.Column(db.Date, nullable=False)
    isbn = db.Column(db.String(13), unique=True, nullable=False)

def books_with_authors():
    return db.session.scalars(db.select(Book).options(joinedload(Book.author)))

# Web routes
@app.route('/books')
def book_list():
    return render_template('books.html', books=books_with_authors())

# API routes
@app.route('/api/books', methods=['GET'])
def api_book_list():
    return jsonify([
        {
            'id': book.id,
            'title': book.title,
            'author': book.author.name,
            'published_date': book.published_date.isoformat()
        } for book in books_with_authors()
    ])

@app.route('/api/books', methods=['POST'])
def create_book():
    data = request.get_json()

    # Manual validation
    if not isinstance(data, dict):
        return {'error': 'An object is required'}, 400

    missing = [key for key in ('title', 'author_id', 'published_date', 'isbn') if key not in data]
    if missing:
        return {'error': f"Required: {', '.join(missing)}"}, 400

    try:
        published_date = date.fromisoformat(data['published_date'])
    except (TypeError, ValueError):
        return {'error': 'published_date must be a date such as 2026-11-20'}, 400

    # Check if author exists
    author = db.session.get(Author, data['author_id'])
    if not author:
        return {'error': 'Author not found'}, 404

    book = Book(
        title=data['title'],
        author=author,
        published_date=published_date,
        isbn=data['isbn']
    )
    db.session.add(book)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return {'error': 'A book with this ISBN exists'}, 409

    return jsonify({
        'id': book.id,
        'title': book.title,
        'author': book.author.name
    }), 201

if __name__ == '__main__':
    app.run(debug=True)
