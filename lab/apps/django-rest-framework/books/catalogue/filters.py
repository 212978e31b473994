# region pagination
import re

from django import forms
from django.core.exceptions import ValidationError
from django_filters import rest_framework as filters

from .models import Book


class DigitsFormField(forms.IntegerField):
    """Digits only, where a form takes nothing, blanks and 1.0 as well."""

    def to_python(self, value):
        if value is not None and not re.fullmatch(r"[0-9]+", value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class IntegerFilter(filters.NumberFilter):
    field_class = DigitsFormField


class BookFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="title", lookup_expr="icontains", max_length=200, strip=False)
    author = IntegerFilter(field_name="author", max_value=2**63 - 1)
    year = IntegerFilter(field_name="published", lookup_expr="year", min_value=1, max_value=9999)

    class Meta:
        model = Book
        fields = []


# endregion
