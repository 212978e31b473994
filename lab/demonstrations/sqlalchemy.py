"""What SQLAlchemy does when it is run: each function shows the claim in its docstring, or fails."""

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """What the models have in common."""


class Note(Base):
    """A row with a text."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def texts_after_rollback(**arguments):
    """Return what is left of a row written in a savepoint whose outer transaction is rolled back, on SQLite."""
    engine = create_engine("sqlite://", connect_args=arguments)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        with session.begin_nested():
            session.add(Note(text="inner"))
        session.rollback()
    with Session(engine) as session:
        return [note.text for note in session.query(Note)]


def a_savepoint_on_sqlite_stays_after_the_outer_rollback():
    """In the default mode of sqlite3 the rollback of the outer transaction does not undo a released savepoint."""
    assert texts_after_rollback() == ["inner"]
    assert texts_after_rollback(autocommit=False) == []
