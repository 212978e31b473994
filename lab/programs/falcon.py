"""Answer a request under Gunicorn."""

# /// script
# dependencies = ["falcon", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

import falcon


class Hello:
    def on_get(self, request, response):
        response.media = {"hello": "world"}


app = falcon.App()
app.add_route("/", Hello())
