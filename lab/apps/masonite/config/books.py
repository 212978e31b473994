# region configuration
from masonite.environment import env

# Without cast=False a password of digits would become a number.
DATABASE = env("BOOKS_DATABASE", cast=False)
SECRET = env("BOOKS_SECRET", cast=False)
EDITOR = env("BOOKS_EDITOR", cast=False)
PASSWORD = env("BOOKS_PASSWORD", cast=False)
TOKEN_SECONDS = env("BOOKS_TOKEN_SECONDS", "3600")
PAGE_SIZE = env("BOOKS_PAGE_SIZE", "20")
WEBHOOK = env("BOOKS_WEBHOOK", cast=False)
# endregion
