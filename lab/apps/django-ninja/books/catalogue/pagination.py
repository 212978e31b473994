# region pagination
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja.pagination import PaginationBase

from .schemas import PageOut, PageQuery


class Pagination(PaginationBase):
    Input = PageQuery
    Output = PageOut

    def paginate_queryset(
        self, queryset: QuerySet, pagination: PageQuery, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        paginator = Paginator(queryset, pagination.per_page)
        try:
            items = list(paginator.page(pagination.page))
        except EmptyPage:
            items = []
        return {"items": items, "total": paginator.count, **pagination.model_dump()}


# endregion
