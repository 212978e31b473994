# region configuration
from starlette.config import Config
from starlette.datastructures import URL, Secret


def text(value: str) -> str:
    if not value:
        raise ValueError
    return value


def secret(value: str) -> Secret:
    return Secret(text(value))


def number_of_seconds(value: str) -> int:
    if int(value) < 1:
        raise ValueError
    return int(value)


def number_from_1_to_100(value: str) -> int:
    if not 1 <= int(value) <= 100:
        raise ValueError
    return int(value)


def address(value: str) -> URL | None:
    if value and URL(value).scheme not in ("http", "https"):
        raise ValueError
    return URL(value) if value else None


config = Config(env_prefix="BOOKS_")

DATABASE = config("DATABASE", cast=text)
SECRET = config("SECRET", cast=secret)
EDITOR = config("EDITOR", cast=text)
PASSWORD = config("PASSWORD", cast=secret)
TOKEN_SECONDS = config("TOKEN_SECONDS", cast=number_of_seconds, default="3600")
PAGE_SIZE = config("PAGE_SIZE", cast=number_from_1_to_100, default="20")
WEBHOOK = config("WEBHOOK", cast=address, default="")

if len(str(SECRET)) < 32:  # a cast would print the value
    raise ValueError("BOOKS_SECRET should have at least 32 characters")
# endregion
