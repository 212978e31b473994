# region database
from quart_db import Connection


async def migrate(connection: Connection) -> None:
    await connection.execute(
        """
        CREATE TABLE authors (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        )
        """
    )
    await connection.execute(
        """
        CREATE TABLE books (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            isbn TEXT NOT NULL UNIQUE,
            published TEXT NOT NULL,
            pages INTEGER,
            author_id INTEGER NOT NULL REFERENCES authors (id)
        )
        """
    )
    await connection.execute("CREATE INDEX books_title ON books (title)")
    await connection.execute("CREATE INDEX books_author_id ON books (author_id)")
    # endregion
