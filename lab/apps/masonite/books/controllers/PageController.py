from masonite.controllers import Controller
from masonite.request import Request
from masonite.views import View

from books.models.Book import Book


# region templates
class PageController(Controller):
    def show(self, request: Request, view: View):
        q = request.input("q")
        query = Book.order_by("title").order_by("id").limit(100)
        if q:
            query.where_raw("instr(lower(title), lower(?)) > 0", [q])
        return view.render("books", {"books": query.get(), "q": q})


# endregion
