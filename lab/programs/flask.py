"""Answer a request under Gunicorn."""

# /// script
# dependencies = ["flask", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"hello": "world"}
