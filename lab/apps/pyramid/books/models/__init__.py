from typing import Any

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import Engine, engine_from_config, event
from sqlalchemy.orm import Session, configure_mappers, sessionmaker

from books.models.book import Author, Book, books_per_author, books_with_authors

__all__ = ["Author", "Book", "books_per_author", "books_with_authors", "get_engine"]

configure_mappers()


# region database
def get_engine(settings: dict[str, Any]) -> Engine:
    engine = engine_from_config(settings, prefix="sqlalchemy.")

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # who reads does not stop who writes
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


def includeme(config: Configurator) -> None:
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    config.include("pyramid_tm")
    config.include("pyramid_retry")

    session_factory = sessionmaker(bind=get_engine(settings))
    config.registry["dbsession_factory"] = session_factory

    def dbsession(request: Request) -> Session:
        """Return a session that pyramid_tm commits, or rolls back after an exception."""
        dbsession = session_factory()
        zope.sqlalchemy.register(dbsession, transaction_manager=request.tm)
        return dbsession

    config.add_request_method(dbsession, reify=True)


# endregion
