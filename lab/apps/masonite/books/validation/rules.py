import re
from datetime import date

from masonite.validation import BaseValidation

from books.errors import HttpError

LARGEST_INTEGER = 2**63 - 1


# region validation
class Rule(BaseValidation):
    def find(self, key, dictionary, default=""):
        # Masonite looks for nested keys as well, which takes ten times as long.
        return dictionary.get(key, default)


class text(Rule):
    # Masonite's own rule string() takes a list of strings as well.
    def passes(self, attribute, key, dictionary):
        return (
            isinstance(attribute, str)
            and 1 <= len(attribute) <= 200
            # JSON may have half of a surrogate pair.
            and not re.search("[\ud800-\udfff]", attribute)
        )

    def message(self, key):
        return f"The {key} must be a text of 1 to 200 characters."


class isbn13(Rule):
    def passes(self, attribute, key, dictionary):
        if not isinstance(attribute, str) or not re.fullmatch("97[89][0-9]{10}", attribute):
            return False
        digits = [int(digit) for digit in attribute]
        return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0

    def message(self, key):
        return f"The {key} must be an ISBN-13 with a checksum that fits."


class iso_date(Rule):
    def passes(self, attribute, key, dictionary):
        if not isinstance(attribute, str) or not re.fullmatch(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}", attribute
        ):
            return False
        try:
            return bool(date.fromisoformat(attribute))
        except ValueError:
            return False

    def message(self, key):
        return f"The {key} must be a date that exists, as YYYY-MM-DD."


class positive(Rule):
    def passes(self, attribute, key, dictionary):
        return dictionary.get(key) is None or (
            type(attribute) is int and 1 <= attribute <= LARGEST_INTEGER
        )

    def message(self, key):
        return f"The {key} must be a whole number of at least 1."


class known(Rule):
    def __init__(self, validations, find, **options):
        super().__init__(validations, **options)
        self.find_record = find

    def passes(self, attribute, key, dictionary):
        return (
            type(attribute) is int
            and 1 <= attribute <= LARGEST_INTEGER
            and self.find_record(attribute) is not None
        )

    def message(self, key):
        return f"The {key} must be the id of an author."


BOOK = {"title": text, "isbn": isbn13, "published": iso_date, "pages": positive}


def book_rules(fields, find_author):
    rules = [BOOK[field](field) for field in fields if field in BOOK]
    return [*rules, known("author_id", find_author)] if "author_id" in fields else rules


def cleaned(data, fields):
    """Return the fields that are given, the title without blanks around it, the ISBN as digits."""
    book = {field: data[field] for field in fields if field in data}
    if isinstance(book.get("title"), str):
        book["title"] = book["title"].strip()
    if isinstance(book.get("isbn"), str):
        book["isbn"] = re.sub(r"(?<=\d)[- ]+(?=\d)", "", book["isbn"])
    return book


# endregion


# region errors
def entries(errors, **more):
    """Return the first message of every field."""
    return [{**more, "field": field, "message": errors.first(field)} for field in errors.errors()]


def refuse(errors):
    if errors.any():
        raise HttpError(422, "Some fields are not valid.", errors=entries(errors))


# endregion


# region pagination
class whole_number(BaseValidation):
    """A number of the query string or of the environment, if it is given."""

    def __init__(self, validations, max=LARGEST_INTEGER, **options):
        super().__init__(validations, **options)
        self.max = max

    def passes(self, attribute, key, dictionary):
        if attribute == "":
            return True
        return bool(re.fullmatch("[0-9]+", str(attribute))) and 1 <= int(attribute) <= self.max

    def message(self, key):
        return f"The {key} must be a whole number from 1 to {self.max}."


# endregion
