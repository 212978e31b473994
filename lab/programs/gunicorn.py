"""Serve a WSGI application."""

# /// script
# dependencies = ["gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"hello": "world"}']
