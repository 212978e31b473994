import re

from django import forms
from django.core.exceptions import ValidationError

from .models import Author
from .validators import validate_isbn


# region validation
class TextField(forms.CharField):
    """Text only, where a form would make text of any value."""

    def to_python(self, value):
        if value is not None and not isinstance(value, str):
            raise ValidationError("Enter text.", code="invalid")
        value = super().to_python(value)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValidationError("Enter text that is valid Unicode.", code="invalid") from None
        return value


class ISBNField(TextField):
    default_validators = [validate_isbn]

    def to_python(self, value):
        """Without the hyphens and blanks between digits."""
        return re.sub(r"(?<=[0-9])[- ]+(?=[0-9])", "", super().to_python(value))


class ISODateField(forms.DateField):
    input_formats = ["%Y-%m-%d"]

    def to_python(self, value):
        if value is not None and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            raise ValidationError("Enter a date as YYYY-MM-DD.", code="invalid")
        return super().to_python(value)


class JSONIntegerField(forms.IntegerField):
    """A number only, where a form would read it from text."""

    def to_python(self, value):
        if value is not None and type(value) is not int:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return value


class BaseBookForm(forms.Form):
    title = TextField(max_length=200)
    isbn = ISBNField()
    published = ISODateField()


class BookImportForm(BaseBookForm):
    """A book as it is sent in JSON. Its author is looked up with those of the other books."""

    pages = JSONIntegerField(min_value=1, max_value=2**31 - 1, required=False)
    author_id = JSONIntegerField()


class BookForm(BookImportForm):
    def clean_author_id(self):
        author_id = self.cleaned_data["author_id"]
        if not Author.objects.filter(pk=author_id).exists():
            raise ValidationError("There is no such author.", code="unknown")
        return author_id


# endregion


# region pagination
class DigitsField(forms.IntegerField):
    """Digits only, where a form would take blanks and 1.0 as well."""

    def to_python(self, value):
        if value is not None and not re.fullmatch(r"[0-9]+", value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PageForm(forms.Form):
    page = DigitsField(min_value=1)
    per_page = DigitsField(min_value=1, max_value=100)


class BookFilterForm(forms.Form):
    q = forms.CharField(max_length=200, required=False, strip=False)
    author = DigitsField(max_value=2**63 - 1, required=False)
    year = DigitsField(min_value=1, max_value=9999, required=False)


# endregion


# region command-line
class BookRowForm(BaseBookForm):
    """A book as it stands in a row of a CSV file, where everything is text."""

    pages = DigitsField(min_value=1, max_value=2**31 - 1, required=False)
    author = forms.CharField(max_length=200)


# endregion


# region authentication
class CredentialsForm(forms.Form):
    username = TextField(required=False, strip=False)
    password = TextField(required=False, strip=False)


# endregion
