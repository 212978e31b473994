from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from books.database import SessionDep
from books.models import Book, with_author
from books.schemas import Text

# region templates
router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(directory=Path(__file__).parent / "templates")


@router.get("/", response_class=HTMLResponse)
def home(request: Request, session: SessionDep, q: Text = "") -> Response:
    query = with_author.where(Book.title.icontains(q, autoescape=True))
    books = session.scalars(query.order_by(Book.title, Book.id).limit(100)).all()
    return templates.TemplateResponse(
        request=request, name="books.html", context={"books": books, "q": q}
    )


# endregion
