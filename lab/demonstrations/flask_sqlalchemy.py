"""What Flask-SQLAlchemy does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["flask[async]"]
# ///

import asyncio

from flask import Flask
from flask_sqlalchemy import SQLAlchemy


def queries_block_async_views():
    """A query of db.session in an async view answers, and nothing else runs on the event loop until it is done."""
    app = Flask("demonstrated")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db = SQLAlchemy(app)
    ran, ran_during_query = [], []

    async def other():
        ran.append("other")

    @app.get("/")
    async def view():
        task = asyncio.create_task(other())
        driver = db.session.connection().connection.driver_connection
        driver.create_function("look", 0, lambda: ran_during_query.extend(ran) or 42)
        answer = db.session.execute(db.text("SELECT look()")).scalar()
        assert not ran
        await task
        return str(answer)

    assert app.test_client().get("/").text == "42"
    assert ran == ["other"]
    assert ran_during_query == []
