"""Pyramid bootstrap environment."""

import os

from alembic import context
from pyramid.paster import setup_logging

from books.models import get_engine
from books.models.meta import Base
from books.settings import from_environment

config = context.config
setup_logging(config.config_file_name)
settings = from_environment(os.environ)
target_metadata = Base.metadata


def run_migrations_offline():
    context.configure(url=settings["sqlalchemy.url"])
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    engine = get_engine(settings)
    connection = engine.connect()
    context.configure(connection=connection, target_metadata=target_metadata)
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.close()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
