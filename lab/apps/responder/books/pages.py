from responder import Request, Response, Router
from sqlalchemy.ext.asyncio import AsyncSession

from books.models import Book, with_author

# region templates
router = Router()


@router.get("/", include_in_schema=False)
async def home(req: Request, resp: Response, *, session: AsyncSession) -> None:
    q = req.params.get("q", "").replace("\0", "\ufffd")  # PostgreSQL takes no null character
    query = with_author.where(Book.title.icontains(q, autoescape=True))
    books = (await session.scalars(query.order_by(Book.title, Book.id).limit(100))).all()
    resp.html = req.api.template("books.html", books=books, q=q)


# endregion
