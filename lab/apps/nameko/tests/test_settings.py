import pytest

from books.service import BooksService


def test_a_short_secret_ends_the_start(container_factory, config):
    container = container_factory(BooksService, config | {"BOOKS_SECRET": "short"})
    with pytest.raises(ValueError, match="BOOKS_SECRET"):
        container.start()
