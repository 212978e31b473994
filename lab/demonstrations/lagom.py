"""What Lagom does when it is run: each function shows the claim in its docstring, or fails."""

from lagom import Container
from lagom.exceptions import CircularDefinitionError, LagomException, UnresolvableType


class _Part:
    pass


class _First(_Part):
    def __init__(self, second: "_Second"):
        self.second = second


class _Second:
    def __init__(self, first: _First):
        self.first = first


class _Incomplete(_Part):
    def __init__(self, name):
        self.name = name


def _raised(container, wanted):
    """Return the type of what the container raises when it builds an object of the type wanted."""
    try:
        container[wanted]
    except LagomException as error:
        return type(error)
    return None


def types_are_checked_when_an_object_is_built():
    """A class that misses a dependency or needs itself can be defined; building an object of it raises."""
    for defined, error in ((_Incomplete, UnresolvableType), (_First, CircularDefinitionError)):
        container = Container()
        container[_Part] = defined
        assert _raised(container, _Part) is error
