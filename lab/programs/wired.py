"""Build an object with what it needs."""

# /// script
# dependencies = ["wired"]
# ///

from wired import ServiceRegistry


class Engine:
    pass


class Car:
    def __init__(self, engine):
        self.engine = engine


registry = ServiceRegistry()
registry.register_factory(lambda container: Engine(), Engine)
registry.register_factory(lambda container: Car(container.get(Engine)), Car)
container = registry.create_container()
assert isinstance(container.get(Car).engine, Engine)
assert container.get(Engine) is container.get(Engine)
