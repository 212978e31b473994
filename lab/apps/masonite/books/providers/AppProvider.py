import logging
import sys

from masonite.configuration import config
from masonite.providers import Provider
from masonite.validation import Validator, length, required

from books.commands.ImportCommand import ImportCommand
from books.errors import HttpExceptionHandler
from books.live import Hub
from books.validation.rules import whole_number


class AppProvider(Provider):
    def __init__(self, application):
        self.application = application

    def register(self):
        logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(message)s")
        self.check_settings()
        self.application.bind("HttpExceptionHandler", HttpExceptionHandler(self.application))
        self.application.bind("hub", Hub())
        self.application.make("commands").add(ImportCommand(self.application))

    # region configuration
    def check_settings(self):
        settings = {f"BOOKS_{name.upper()}": value for name, value in config("books").items()}
        errors = Validator().validate(
            settings,
            required(["BOOKS_DATABASE", "BOOKS_EDITOR", "BOOKS_PASSWORD", "BOOKS_SECRET"]),
            length("BOOKS_SECRET", min=32),
            whole_number("BOOKS_TOKEN_SECONDS"),
            whole_number("BOOKS_PAGE_SIZE", max=100),
        )
        if errors.any():
            raise ValueError(" ".join(errors.messages()))

    # endregion

    def boot(self):
        pass
