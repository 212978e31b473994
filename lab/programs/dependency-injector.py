"""Build an object with what it needs, once."""

# /// script
# dependencies = ["dependency-injector"]
# ///

from dependency_injector import containers, providers


class Engine:
    pass


class Car:
    def __init__(self, engine):
        self.engine = engine


class Container(containers.DeclarativeContainer):
    engine = providers.Singleton(Engine)
    car = providers.Factory(Car, engine=engine)


container = Container()
assert isinstance(container.car().engine, Engine)
assert container.car().engine is container.car().engine
assert container.car() is not container.car()
