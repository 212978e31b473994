"""Masonite, in a project that `masonite new` creates, with its own validator and templates."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from lab.bench import kit

rows = kit.open_rows()
PROJECT = Path(sys.prefix) / "project"
NEW_PROJECT = ("masonite", "new", ".", "--preset=none", "--no-venv", "--no-git", "--no-serve", "--no-input", "--force")


def create_project() -> None:
    """Create the project beside the packages, in production mode, unless it is there."""
    PROJECT.mkdir()
    subprocess.run(NEW_PROJECT, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    settings = PROJECT / ".env"
    production = settings.read_text().replace("APP_DEBUG=True", "APP_DEBUG=False")
    settings.write_text(production.replace("APP_ENV=local", "APP_ENV=production"))


if not (PROJECT / ".env").is_file():
    create_project()
os.chdir(PROJECT)
sys.path.insert(0, str(PROJECT))

from app.middlewares.VerifyCsrfToken import VerifyCsrfToken  # noqa: E402
from jinja2.loaders import FileSystemLoader  # noqa: E402
from masonite.controllers import Controller  # noqa: E402
from masonite.facades import View as Views  # noqa: E402
from masonite.middleware import Middleware  # noqa: E402
from masonite.request import Request  # noqa: E402
from masonite.response import Response  # noqa: E402
from masonite.routes import Route  # noqa: E402
from masonite.validation import Validator  # noqa: E402
from masonite.views import View  # noqa: E402
from wsgi import application as app  # noqa: E402

VerifyCsrfToken.exempt = ["/items", "/rows", "/upload"]
Views.add_location(str(kit.TEMPLATES), loader=FileSystemLoader)


class BenchController(Controller):
    def plaintext(self, response: Response) -> Any:
        response.header("Content-Type", "text/plain")
        return response.view(kit.GREETING)

    def greeting(self) -> dict[str, str]:
        return {"message": kit.GREETING}

    def item(self, request: Request) -> dict[str, Any]:
        return {"id": request.param("id"), "q": request.input("q")}

    def add_item(self, request: Request, response: Response, validate: Validator) -> Any:
        errors = request.validate(
            validate.required(["name", "price", "tags"]),
            validate.string("name"),
            validate.numeric("price"),
            validate.is_list("tags"),
        )
        if errors:
            return response.json(errors.all(), status=422)
        return response.json(request.only("name", "price", "tags"), status=201)

    def row(self, request: Request) -> Any:
        return rows.one(request.param("id"))

    def some_rows(self) -> Any:
        return rows.some()

    def add_row(self, request: Request, response: Response, validate: Validator) -> Any:
        errors = request.validate(validate.required(["name", "value"]), validate.numeric("value"))
        if errors:
            return response.json(errors.all(), status=422)
        return response.json(rows.add(request.input("name"), request.input("value")), status=201)

    def wait(self) -> dict[str, int]:
        kit.wait()
        return {"waited": 50}

    def template(self, view: View) -> View:
        return view.render("rows", {"rows": kit.TABLE})

    def ok(self, response: Response) -> Any:
        response.header("Content-Type", "text/plain")
        return response.view("ok")


class Layer(Middleware):
    def before(self, request: Request, response: Response) -> Any:
        return request

    def after(self, request: Request, response: Response) -> Any:
        return request


app.make("middleware").add({f"layer-{number}": Layer for number in kit.MIDDLEWARE})
app.make("router").add(
    Route.group(
        [
            Route.get("/plaintext", BenchController.plaintext),
            Route.get("/json", BenchController.greeting),
            Route.get("/items/@id:int", BenchController.item).casts(),
            Route.post("/items", BenchController.add_item),
            Route.get("/row/@id:int", BenchController.row).casts(),
            Route.get("/rows", BenchController.some_rows),
            Route.post("/rows", BenchController.add_row),
            Route.get("/wait", BenchController.wait),
            Route.get("/template", BenchController.template),
            *[Route.get(f"/route/{number}", BenchController.ok) for number in kit.ROUTES],
        ],
        middleware=["web", *[f"layer-{number}" for number in kit.MIDDLEWARE]],
    )
)
