from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.errors import problem
from books.models import Book, db

pages = Blueprint("pages", __name__)


# region templates
@pages.get("/")
def home() -> ResponseReturnValue:
    q = request.args.get("q", "").replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = select(Book).where(Book.title.icontains(q, autoescape=True))
    books = db.session.scalars(query.order_by(Book.title, Book.id).limit(100))
    return render_template("books.html", books=books, q=q)


# endregion


# region deployment
@pages.get("/health")
def health() -> ResponseReturnValue:
    try:
        db.session.scalar(select(Book.id).limit(1))
    except SQLAlchemyError:
        current_app.logger.exception("The store cannot be read")
        return problem(503, "The store cannot be read.")
    return {"status": "ok"}


# endregion
