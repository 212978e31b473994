"""What Dependency Injector does when it is run: each function shows the claim in its docstring, or fails."""

from dependency_injector import containers, errors, providers


class _Engine:
    pass


class _Car:
    def __init__(self, engine: _Engine):
        self.engine = engine


def _raised(function):
    """Return the type of what the function raises."""
    try:
        function()
    except (TypeError, errors.Error) as error:
        return type(error)
    return None


def annotations_are_not_resolved():
    """A class whose constructor is annotated, given to a provider without its arguments, cannot be built."""
    container = containers.DynamicContainer()
    container.engine = providers.Factory(_Engine)
    container.car = providers.Factory(_Car)
    assert _raised(container.car) is TypeError
    container.car = providers.Factory(_Car, engine=container.engine)
    assert isinstance(container.car().engine, _Engine)


def the_check_finds_undefined_dependencies_alone():
    """check_dependencies raises for a dependency left undefined, but not for a missing argument or a circle."""
    undefined = containers.DynamicContainer()
    undefined.engine = providers.Dependency()
    assert _raised(undefined.check_dependencies) is errors.Error

    missing = containers.DynamicContainer()
    missing.car = providers.Factory(_Car)
    assert _raised(missing.check_dependencies) is None
    assert _raised(missing.car) is TypeError

    circular = containers.DynamicContainer()
    circular.first = providers.Factory(dict)
    circular.second = providers.Factory(dict, first=circular.first)
    circular.first.add_kwargs(second=circular.second)
    assert _raised(circular.check_dependencies) is None
