import os
import subprocess
import sys
from importlib import import_module

from kit import answered, unless


def key():
    code = "print(hash(str(()) + str({})))"
    variables = {**os.environ, "PYTHONHASHSEED": "random"}
    found = {subprocess.check_output([sys.executable, "-c", code], env=variables) for _ in range(3)}
    return unless(len(found) == 1, f"{len(found)} keys in 3 processes")


def engine():
    from sqlalchemy import create_engine

    create_engine("postgresql://user:pass@localhost/db")


def pool():
    from sqlalchemy import create_engine

    used = type(create_engine("postgresql+psycopg2://user:pass@localhost/db").pool).__name__
    return unless(used != "QueuePool", f"{used} is what create_engine takes anyway")


def query_string():
    """Use the decorator as it is printed, with the cache by the name that it has today."""
    from pathlib import Path

    from flask import Flask, jsonify, request

    text = Path("caching.py").read_text(encoding="utf-8")
    body = text[text.index("from functools") : text.index("@app.route")].replace("'simple'", "'SimpleCache'")
    app = Flask("other")
    names = {"app": app}
    exec(f"from flask_caching import Cache\n{body}", names)
    app.route("/stats")(names["cached_result"]()(lambda: jsonify(request.query_string.decode())))
    client = app.test_client()
    client.get("/stats?year=2025")
    return unless(client.get("/stats?year=2026").get_json() == "year=2026", "the answer of ?year=2025")


def steps(take):
    take.expect("every process has the same key", key)
    take.expect("?year=2026 is answered for 2026", query_string)
    take.expect("the address works with the driver that it named before SQLAlchemy 2.1", engine)
    take.expect("a pool has to be asked for", pool)
    take.run("caching.py is imported", lambda: import_module("caching"))
    client = import_module("app").app.test_client()
    take.run("GET /api/books/stats", lambda: answered(client.get("/api/books/stats")))
