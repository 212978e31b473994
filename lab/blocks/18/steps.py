import os
from importlib import import_module

from kit import answered, unless


def steps(take):
    os.environ["DATABASE_URL"] = "sqlite:///books.db"
    os.environ["REDIS_URL"] = "redis://127.0.0.1:6379/0"

    def keys():
        from importlib.metadata import version

        from flask import Flask

        known = set(Flask("x").config)
        return unless({"LOG_LEVEL", "LOG_FILE"} <= known, f"Flask {version('flask')} has neither")

    take.expect("LOG_LEVEL and LOG_FILE are read", keys)

    def without_a_key():
        from flask import Flask, session

        app = Flask("x")
        app.config["SECRET_KEY"] = os.environ.get("NO_SUCH_VARIABLE")
        with app.test_request_context():
            session["user"] = 1

    take.expect("a missing SECRET_KEY is told at the start", without_a_key)
    module = take.run("the package app is imported", lambda: import_module("app"))
    app = take.run("create_app()", module.create_app)
    take.run("GET /api/books/", lambda: answered(app.test_client().get("/api/books/")))
