from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json
from sanic_ext import openapi, render
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from books.models import Book

pages = Blueprint("pages")


# region templates
@pages.get("/")
@openapi.exclude()
async def home(request: Request) -> HTTPResponse:
    q = request.args.get("q", "").replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = select(Book).where(Book.title.icontains(q, autoescape=True))
    books = await request.ctx.session.scalars(query.order_by(Book.title, Book.id).limit(100))
    return await render("books.html", context={"books": books.all(), "q": q})


# endregion


# region deployment
@pages.get("/health")
async def health(request: Request) -> HTTPResponse:
    try:
        await request.ctx.session.scalar(select(Book.id).limit(1))
    except SQLAlchemyError:
        return json({"status": "unavailable"}, 503)
    return json({"status": "ok"})


# endregion
