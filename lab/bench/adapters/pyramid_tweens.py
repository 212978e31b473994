"""Tweens of Pyramid that only pass on."""

from collections.abc import Callable
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from lab.bench import kit

Handler = Callable[[Request], Response]


def layer(handler: Handler, registry: Any) -> Handler:
    def tween(request: Request) -> Response:
        return handler(request)

    return tween


globals().update({f"layer_{number}": layer for number in kit.MIDDLEWARE})
