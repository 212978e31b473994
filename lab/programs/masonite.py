"""Answer a request under Gunicorn, from a generated project."""

# /// script
# dependencies = ["masonite-framework", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# setup = "project start hello --no-venv --no-git --no-serve --no-input --db sqlite --preset none"
# ///

import os
import sys
from pathlib import Path

os.chdir("hello")
sys.path.insert(0, str(Path.cwd()))

from masonite.controllers import Controller  # noqa: E402 - finds the project in the working folder
from masonite.routes import Route  # noqa: E402
from wsgi import application as app  # noqa: E402


class HelloController(Controller):
    def show(self):
        return {"hello": "world"}


app.make("router").routes.insert(0, Route.get("/", HelloController.show))
