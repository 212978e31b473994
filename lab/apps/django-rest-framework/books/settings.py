# region configuration
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name, shortest=1):
    value = os.environ.get(name, "")
    if len(value) < shortest:
        raise ImproperlyConfigured(f"{name} must have {shortest} characters or more.")
    return value


def number(name, default, lowest, highest):
    value = os.environ.get(name, default)
    if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
        raise ImproperlyConfigured(f"{name} must be a number from {lowest} to {highest}.")
    return int(value)


def address(name):
    value = os.environ.get(name, "")
    if value and urlsplit(value).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"{name} must begin with http:// or https://.")
    return value


def database(name):
    value = text(name)
    if value.startswith("postgresql://"):
        config = dj_database_url.parse(value)
        return config | {"OPTIONS": {**config.get("OPTIONS", {}), "pool": {"max_size": 20}}}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": value,
        "OPTIONS": {
            # A writer waits for its turn, and readers wait for no writer.
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
        },
    }


SECRET_KEY = text("BOOKS_SECRET", shortest=32)
BOOKS_EDITOR = text("BOOKS_EDITOR")
BOOKS_PASSWORD = text("BOOKS_PASSWORD")
BOOKS_TOKEN_SECONDS = number("BOOKS_TOKEN_SECONDS", "3600", 1, 10**9)
BOOKS_PAGE_SIZE = number("BOOKS_PAGE_SIZE", "20", 1, 100)
BOOKS_WEBHOOK = address("BOOKS_WEBHOOK")

DATABASES = {"default": database("BOOKS_DATABASE")}
# endregion

BASE_DIR = Path(__file__).resolve().parent.parent
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024**2
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

INSTALLED_APPS = [
    "books.catalogue",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "books.catalogue.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "books.urls"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTStatelessUserAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["books.catalogue.permissions.EditorOrReadOnly"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "books.catalogue.pagination.Pagination",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "books.catalogue.negotiation.IgnoreAccept",
    "DEFAULT_PARSER_CLASSES": ["books.catalogue.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "books.catalogue.errors.exception_handler",
    "LIST_SERIALIZER_ERRORS_AS_DICT": True,
}
SPECTACULAR_SETTINGS = {"TITLE": "Books", "VERSION": "1.0.0", "SERVE_INCLUDE_SCHEMA": False}

# region authentication
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=BOOKS_TOKEN_SECONDS),
    "AUTH_TOKEN_CLASSES": ["books.catalogue.auth.EditorToken"],
    "USER_ID_CLAIM": "sub",
}
# endregion

# region background
TASKS = {"default": {"BACKEND": "django_tasks_local.ThreadPoolBackend"}}
# endregion

# region deployment
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"message": {"format": "%(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "requests": {"class": "logging.StreamHandler", "formatter": "message"},
    },
    "loggers": {
        "books.requests": {"handlers": ["requests"], "level": "INFO", "propagate": False},
        # Refused requests are in the request log; what failed comes with its traceback.
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"]},
}
# endregion
