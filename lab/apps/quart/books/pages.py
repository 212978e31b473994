import sqlite3

from quart import Blueprint, ResponseReturnValue, current_app, g, render_template, request
from quart_schema import hide

from books.database import SELECT_BOOKS

pages = Blueprint("pages", __name__)


# region templates
@pages.get("/")
@hide
async def home() -> str:
    q = request.args.get("q", "")
    books = await g.connection.fetch_all(
        f"{SELECT_BOOKS} WHERE instr(lower(title), lower(:q)) ORDER BY title, books.id LIMIT 100",
        {"q": q},
    )
    return await render_template("books.html", books=books, q=q)


# endregion


# region deployment
@pages.get("/health")
@hide
async def health() -> ResponseReturnValue:
    try:
        await g.connection.fetch_val("SELECT id FROM books LIMIT 1")
    except sqlite3.Error:
        current_app.logger.exception("The store cannot be read")
        return {"status": "unavailable"}, 503
    return {"status": "ok"}


# endregion
