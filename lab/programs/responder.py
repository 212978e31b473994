"""Answer a request under Uvicorn."""

# /// script
# dependencies = ["responder", "uvicorn"]
# [tool.lab]
# serve = "uvicorn smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///

import responder

app = responder.API()


@app.route("/")
def hello(request, response):
    response.media = {"hello": "world"}
