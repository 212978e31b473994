from flask import Flask, request, jsonify, render_template
from flask_sqlalchemy import SQLAlchemy
from flask_migrate import Migrate
from datetime import datetime

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///books.db'
db = SQLAlchemy(app)
migrate = Migrate(app, db)

# Database models
class Author(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(100), nullable=False)
    email = db.Column(db.String(120), unique=True, nullable=False)
    books = db.relationship('Book', backref='author', lazy=True)

class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(200), nullable=False)
    author_id = db.Column(db.Integer, db.ForeignKey('author.id'), nullable=False)
    published_date = db.Column(db.Date, nullable=False)
    isbn = db.Column(db.String(13), unique=True, nullable=False)

# Web routes
@app.route('/books')
def book_list():
    books = Book.query.join(Author).all()
    return render_template('books.html', books=books)

# API routes
@app.route('/api/books', methods=['GET'])
def api_book_list():
    books = Book.query.join(Author).all()
    return jsonify([
        {
            'id': book.id,
            'title': book.title,
            'author': book.author.name,
            'published_date': book.published_date.isoformat()
        } for book in books
    ])

@app.route('/api/books', methods=['POST'])
def create_book():
    data = request.get_json()

    # Manual validation
    if not data or 'title' not in data:
        return {'error': 'Title is required'}, 400

    if 'author_id' not in data:
        return {'error': 'Author ID is required'}, 400

    # Check if author exists
    author = Author.query.get(data['author_id'])
    if not author:
        return {'error': 'Author not found'}, 404

    try:
        book = Book(
            title=data['title'],
            author_id=data['author_id'],
            published_date=datetime.strptime(data['published_date'], '%Y-%m-%d').date(),
            isbn=data['isbn']
        )
        db.session.add(book)
        db.session.commit()

        return jsonify({
            'id': book.id,
            'title': book.title,
            'author': book.author.name
        }), 201
    except Exception as e:
        db.session.rollback()
        return {'error': str(e)}, 500

if __name__ == '__main__':
    app.run(debug=True)
