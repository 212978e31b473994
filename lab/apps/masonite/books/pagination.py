from masonite.configuration import config

from books.validation.rules import whole_number

# region pagination
PAGE_RULES = [whole_number("page", max=2**53), whole_number("per_page", max=100)]


def page_of(query, request):
    """Answer the page of the query that the request, which keeps the rules, asks for."""
    page = int(request.input("page", "1"))
    per_page = int(request.input("per_page", config("books.page_size")))
    found = query.paginate(per_page, page)
    items = found.result.serialize()
    return {"items": items, "total": found.total, "page": page, "per_page": per_page}


# endregion
