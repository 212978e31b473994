from typing import Any

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Engine, engine_from_config, event
from sqlalchemy.orm import Session, configure_mappers, sessionmaker

from books.models.book import Author, Book, books_per_author, books_with_authors, insert

__all__ = ["Author", "Book", "books_per_author", "books_with_authors", "get_engine", "insert"]

configure_mappers()


# region database
def get_engine(settings: dict[str, Any]) -> Engine:
    engine = engine_from_config(settings, prefix="sqlalchemy.")

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)
    return engine


def set_pragmas(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # who reads does not stop who writes
    connection.execute("PRAGMA foreign_keys = ON")


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    config.include("pyramid_tm")
    config.include("pyramid_retry")

    engine = get_engine(settings)
    event.listen(engine, "reset", end_transaction)
    session_factory = sessionmaker(bind=engine)
    config.registry["dbsession_factory"] = session_factory

    def dbsession(request: Request) -> Session:
        """Return a session that pyramid_tm commits, or rolls back after an exception."""
        dbsession = session_factory()
        zope.sqlalchemy.register(dbsession, transaction_manager=request.tm)
        return dbsession

    config.add_request_method(dbsession, reify=True)


def end_transaction(connection: Any, record: Any, state: Any) -> None:
    connection.rollback()  # a commit that SQLite refuses leaves its transaction open


# endregion
