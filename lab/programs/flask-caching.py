"""Answer a second request from the cache."""

# /// script
# dependencies = ["flask-caching"]
# ///

from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
calls = []


@app.get("/")
@cache.cached(timeout=60)
def hello():
    calls.append(True)
    return "hello"


client = app.test_client()
assert [client.get("/").text, client.get("/").text] == ["hello", "hello"]
assert len(calls) == 1
