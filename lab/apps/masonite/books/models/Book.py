# region database
from masoniteorm.models import Model
from masoniteorm.relationships import belongs_to

from books.models.Author import Author


class Book(Model):
    __timestamps__ = False
    __fillable__ = ["title", "isbn", "published", "pages", "author_id"]
    __hidden__ = ["author_id"]
    __with__ = ["author"]

    @belongs_to("author_id", "id")
    def author(self):
        return Author


# endregion
