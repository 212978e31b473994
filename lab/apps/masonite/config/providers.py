from masonite.providers import (
    AuthenticationProvider,
    EventProvider,
    ExceptionProvider,
    FrameworkProvider,
    ORMProvider,
    QueueProvider,
    RouteProvider,
    ViewProvider,
)
from masonite.validation.providers import ValidationProvider

from books.providers.AppProvider import AppProvider
from books.providers.JsonProvider import JsonProvider

PROVIDERS = [
    JsonProvider,
    FrameworkProvider,
    ViewProvider,
    ExceptionProvider,
    EventProvider,
    AuthenticationProvider,
    ValidationProvider,
    QueueProvider,
    ORMProvider,
    AppProvider,
    # It answers the request, so it comes last.
    RouteProvider,
]
