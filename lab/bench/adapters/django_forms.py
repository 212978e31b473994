"""The forms that check what is sent to Django."""

from django import forms
from django.core.exceptions import ValidationError


class TagsField(forms.Field):
    def to_python(self, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            raise ValidationError("A list of texts is wanted.", code="invalid")
        return value


class ItemForm(forms.Form):
    name = forms.CharField(min_length=1)
    price = forms.FloatField()
    tags = TagsField()


class NewRowForm(forms.Form):
    name = forms.CharField()
    value = forms.IntegerField()
