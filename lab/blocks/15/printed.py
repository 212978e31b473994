from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.security import generate_password_hash, check_password_hash

# CSRF protection
csrf = CSRFProtect(app)
app.config['SECRET_KEY'] = 'your-secret-key'

# Form validation
class BookForm(FlaskForm):
    title = StringField('Title', validators=[DataRequired(), Length(min=1, max=200)])
    isbn = StringField('ISBN', validators=[DataRequired(), Regexp(r'^\d{13}$')])

@app.route('/books/create', methods=['GET', 'POST'])
def create_book():
    form = BookForm()
    if form.validate_on_submit():
        # Form data is validated and CSRF token checked
        book = Book(title=form.title.data, isbn=form.isbn.data)
        db.session.add(book)
        db.session.commit()
        return redirect(url_for('book_list'))
    return render_template('create_book.html', form=form)

# Manual input sanitization
from markupsafe import escape

@app.route('/search')
def search_books():
    query = escape(request.args.get('q', ''))
    books = Book.query.filter(Book.title.contains(query)).all()
    return render_template('search_results.html', books=books, query=query)
