# region database
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from fastapi import Depends
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from books.settings import get_settings


@lru_cache
def get_engine() -> Engine:
    database = get_settings().database
    if database.startswith("postgresql://"):
        return create_engine(database, pool_size=20, max_overflow=10)
    url = URL.create("sqlite", database=database)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_size=20, max_overflow=10)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


def get_session() -> Iterator[Session]:
    with Session(get_engine(), expire_on_commit=False) as session:
        yield session


# Closed before the response is sent, so that background tasks hold no connection;
# no more at once, with the 10 of exports, than the pool has connections.
SessionDep = Annotated[Session, Depends(get_session, scope="function", max_concurrency=20)]
# endregion
