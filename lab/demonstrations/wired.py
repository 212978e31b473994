"""What wired does when it is run: each function shows the claim in its docstring, or fails."""

import sys

from wired import ServiceRegistry


class _Service:
    def __init__(self):
        self.closed = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.closed = True


def _raised(container, name):
    """Return the type of what the container raises when the service is asked for."""
    try:
        container.get(name=name)
    except (LookupError, RecursionError) as error:
        return type(error)
    return None


def services_are_not_closed():
    """A service that has close and is a context manager stays open when its container is gone."""
    registry = ServiceRegistry()
    registry.register_factory(lambda _: _Service(), _Service)
    container = registry.create_container()
    service = container.get(_Service)
    del container
    assert not service.closed


def missing_and_circular_services_raise_at_the_first_get():
    """A missing service raises LookupError and a circular one RecursionError when it is asked for, not before."""
    registry = ServiceRegistry()
    registry.register_factory(lambda container: container.get(name="nowhere"), name="missing")
    registry.register_factory(lambda container: container.get(name="second"), name="first")
    registry.register_factory(lambda container: container.get(name="first"), name="second")
    container = registry.create_container()
    assert _raised(container, "missing") is LookupError
    assert _raised(container, "first") is RecursionError


def dataclasses_need_venusian():
    """wired.dataclasses cannot be imported without venusian."""
    sys.modules.pop("wired.dataclasses", None)
    hidden = sys.modules.get("venusian")
    sys.modules["venusian"] = None
    try:
        import wired.dataclasses  # noqa: F401
    except ImportError as error:
        assert "venusian" in str(error)
    else:
        raise AssertionError("it was imported")
    finally:
        if hidden is None:
            del sys.modules["venusian"]
        else:
            sys.modules["venusian"] = hidden
