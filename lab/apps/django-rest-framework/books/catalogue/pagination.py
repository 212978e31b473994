# region pagination
from django.conf import settings
from django.core.paginator import EmptyPage
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from .serializers import DigitsField


class PageSerializer(serializers.Serializer):
    page = DigitsField(min_value=1, default=1)
    per_page = DigitsField(min_value=1, max_value=100, default=settings.BOOKS_PAGE_SIZE)


class Pagination(PageNumberPagination):
    """Pages by number that refuses what is none, and has no items past the end."""

    page_size = settings.BOOKS_PAGE_SIZE
    page_size_query_param = "per_page"

    def paginate_queryset(self, queryset, request, view=None):
        serializer = PageSerializer(data=request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        self.asked = serializer.validated_data
        self.paginator = self.django_paginator_class(queryset, self.asked["per_page"])
        try:
            return list(self.paginator.page(self.asked["page"]))
        except EmptyPage:
            return []

    def get_paginated_response(self, data):
        return Response({"items": data, "total": self.paginator.count, **self.asked})

    def get_paginated_response_schema(self, schema):
        number = {"type": "integer"}
        properties = {"items": schema, "total": number, "page": number, "per_page": number}
        return {"type": "object", "required": list(properties), "properties": properties}


# endregion
