"""Build an object from its annotations."""

# /// script
# dependencies = ["lagom"]
# ///

from lagom import Container, Singleton


class Engine:
    pass


class Car:
    def __init__(self, engine: Engine):
        self.engine = engine


container = Container()
container[Engine] = Singleton(Engine)
assert isinstance(container[Car].engine, Engine)
assert container[Car].engine is container[Car].engine
