import os

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from app import Author, Book, app, create_book, db

# CSRF protection
app.config['SECRET_KEY'] = os.environ['SECRET_KEY']
csrf = CSRFProtect(app)
csrf.exempt(create_book)  # The JSON API of block 3, whose clients have no form

# Form validation
class BookForm(FlaskForm):
    title = StringField('Title', validators=[DataRequired(), Length(min=1, max=200)])
    author_id = SelectField('Author', coerce=int)
    published_date = DateField('Published')
    isbn = StringField('ISBN', validators=[DataRequired(), Regexp(r'^[0-9]{13}$')])

@app.route('/books/create', methods=['GET', 'POST'])
def create_book_form():
    form = BookForm()
    form.author_id.choices = [(author.id, author.name) for author in db.session.scalars(db.select(Author))]
    if form.validate_on_submit():
        # Form data is validated and CSRF token checked
        book = Book(
            title=form.title.data,
            author_id=form.author_id.data,
            published_date=form.published_date.data,
            isbn=form.isbn.data,
        )
        db.session.add(book)
        db.session.commit()
        return redirect(url_for('book_list'))
    return render_template('create_book.html', form=form)

# The template escapes what it prints; the query takes the text as it is
@app.route('/search')
def search_books():
    query = request.args.get('q', '')
    books = db.session.scalars(db.select(Book).where(Book.title.contains(query, autoescape=True)))
    return render_template('search_results.html', books=books, query=query)
