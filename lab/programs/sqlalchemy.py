"""Write a row to SQLite and read it."""

# /// script
# dependencies = ["sqlalchemy"]
# ///

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Book(title="Dune"))
    session.commit()
    assert session.scalars(select(Book).where(Book.title.like("D%"))).one().title == "Dune"
