# region pagination
from django import forms
from django_filters import rest_framework as filters

from .models import Book


class IntegerFilter(filters.NumberFilter):
    field_class = forms.IntegerField


class BookFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="title", lookup_expr="icontains", max_length=200, strip=False)
    author = IntegerFilter(field_name="author", max_value=2**63 - 1)
    year = IntegerFilter(field_name="published", lookup_expr="year", min_value=1, max_value=9999)

    class Meta:
        model = Book
        fields = []


# endregion
