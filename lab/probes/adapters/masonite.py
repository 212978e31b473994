"""How Masonite registers the capabilities of the contract, in a project that `masonite new` creates."""

import fcntl
import subprocess
import sys
from typing import Any

from lab.probes import kit
from lab.probes.kit import capability, missing, optin

DOCUMENTATION = "https://docs.masonite.dev"
SOURCE = "https://github.com/masonitedev/masonite/blob/v5.4.1/src/masonite"
NEW_PROJECT = ("masonite", "new", ".", "--preset=none", "--no-venv", "--no-git", "--no-serve", "--no-input", "--force")


def create_project() -> None:
    """Create the project in the workspace, in production mode; of several processes the first does it."""
    with (kit.WORKSPACE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kit.WORKSPACE / "wsgi.py").exists():
            subprocess.run(NEW_PROJECT, cwd=kit.WORKSPACE, check=True, stdout=subprocess.DEVNULL)
            settings = kit.WORKSPACE / ".env"
            production = settings.read_text().replace("APP_DEBUG=True", "APP_DEBUG=False")
            settings.write_text(production.replace("APP_ENV=local", "APP_ENV=production"))


create_project()
sys.path.insert(0, str(kit.WORKSPACE))

from app.middlewares.VerifyCsrfToken import VerifyCsrfToken  # noqa: E402
from masonite.controllers import Controller  # noqa: E402
from masonite.request import Request  # noqa: E402
from masonite.response import Response  # noqa: E402
from masonite.routes import Route  # noqa: E402
from wsgi import application as app  # noqa: E402

routes: list[Any] = []
VerifyCsrfToken.exempt = ["/json", "/items", "/upload"]


@capability("ping")
def ping() -> None:
    class PingController(Controller):
        def __call__(self, response: Response) -> Response:
            response.header("Content-Type", "text/plain")
            return response.view("pong")

    routes.append(Route.get("/ping", PingController()))


missing(
    "async-sleep",
    "A controller's method is called and not awaited; the page on controllers knows no async ones.",
    documentation=f"{DOCUMENTATION}/the-basics/controllers/",
)


@capability("blocking-sleep")
def blocking_sleep() -> None:
    class BlockingController(Controller):
        def __call__(self) -> dict[str, Any]:
            kit.block()
            return {"slept": True}

    routes.append(Route.get("/blocking-sleep", BlockingController()))


@capability("query")
def query() -> None:
    # Of a key that is given twice the first value is kept, unless its name ends in [].
    class QueryController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            return {"tag": request.input("tag")}

    routes.append(Route.get("/query", QueryController()))


@capability("path-text")
def path_text() -> None:
    class TextController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            return {"value": request.param("value")}

    routes.append(Route.get("/text/@value", TextController()))


@capability("typed-path")
def typed_path() -> None:
    class NumberController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            return {"value": request.param("value")}

    route = Route.get("/number/@value:int", NumberController())
    routes.append(route.casts() if kit.OPTED_IN else route)


optin(
    "typed-path",
    how='Route.get("/number/@value:int", …).casts()',
    documentation=f"{SOURCE}/routes/HTTPRoute.py",
)
missing(
    "typed-query",
    "Annotations name what the service container provides, not values of the query.",
    documentation=f"{DOCUMENTATION}/the-basics/request/",
)


@capability("json-body")
def json_body() -> None:
    class JsonController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            return {"received": request.all()}

    routes.append(Route.post("/json", JsonController()))


@capability("validation")
def validation() -> None:
    from masonite.validation import Validator

    # The rules leave the answer to the controller; the documentation's own redirects back, for forms.
    class ItemsController(Controller):
        def __call__(self, request: Request, response: Response, validate: Validator) -> Any:
            errors = request.validate(
                validate.required(["name", "quantity"]), validate.string("name"), validate.numeric("quantity")
            )
            if errors:
                return response.json(errors.all(), status=422)
            return request.all()

    routes.append(Route.post("/items", ItemsController()))


@capability("response-model")
def response_model() -> None:
    from masoniteorm.models import Model

    class Item(Model):
        __visible__ = ("name", "quantity")

    class ModelController(Controller):
        def __call__(self) -> Item:
            return Item.hydrate({"name": "a", "quantity": 1, "secret": "s3"})

    routes.append(Route.get("/model", ModelController()))


@capability("form")
def form() -> None:
    class FormController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            return {"a": request.input("a")}

    routes.append(Route.post("/form", FormController()))


@capability("upload")
def upload() -> None:
    class UploadController(Controller):
        def __call__(self, request: Request) -> dict[str, Any]:
            file = request.input("file")
            return {"name": file.name, "size": file.size}

    routes.append(Route.post("/upload", UploadController()))


missing(
    "body-length",
    "The page on requests knows inputs, files, headers and cookies, but no raw body.",
    documentation=f"{DOCUMENTATION}/the-basics/request/",
)


@capability("template")
def template() -> None:
    from jinja2.loaders import FileSystemLoader
    from masonite.facades import View as Views
    from masonite.views import View

    Views.add_location(str(kit.TEMPLATES), loader=FileSystemLoader)

    class TemplateController(Controller):
        def __call__(self, request: Request, view: View) -> View:
            return view.render("hello", {"name": request.input("name")})

    routes.append(Route.get("/template", TemplateController()))


@capability("session")
def session() -> None:
    from masonite.sessions import Session

    class SessionController(Controller):
        def __call__(self, session: Session) -> dict[str, Any]:
            session.set("user", "1")
            return {"user": session.get("user")}

    routes.append(Route.get("/session", SessionController()))


@optin(
    "session-cookie",
    how='DRIVERS = {"default": "cookie", "cookie": {"secure": True}} in config/session.py',
    documentation=f"{SOURCE}/cookies/Cookie.py",
)
def secure_session_cookie() -> None:
    from masonite.facades import Config

    Config.set("session.drivers.cookie", {"secure": True})


missing(
    "stream",
    "Response.stream reads a file in chunks, and joins them to one body before it is sent.",
    documentation=f"{SOURCE}/response/response.py",
)
missing(
    "events",
    "The page on responses has none; broadcasting goes through an outside service.",
    documentation=f"{DOCUMENTATION}/digging-deeper/broadcasting/",
)
missing("flood", "A body is joined before it is sent.", documentation=f"{SOURCE}/response/response.py")
missing("ticks", "A body is joined before it is sent.", documentation=f"{SOURCE}/response/response.py")


@capability("background")
def background() -> None:
    from masonite.queues import Queue, Queueable

    class Work(Queueable):
        def handle(self) -> None:
            kit.work()

    class BackgroundController(Controller):
        def __call__(self, queue: Queue) -> dict[str, Any]:
            queue.push(Work())
            return {"started": True}

    routes.append(Route.get("/background", BackgroundController()))


@capability("lifespan")
def lifespan() -> None:
    # `register` runs once at the start, `boot` at every request; nothing is called at the stop.
    from masonite.providers import Provider

    class LifespanProvider(Provider):
        def __init__(self, application: Any) -> None:
            self.application = application

        def register(self) -> None:
            kit.started()

        def boot(self) -> None:
            pass

    app.add_providers(LifespanProvider)


@capability("error")
def error() -> None:
    class ErrorController(Controller):
        def __call__(self) -> None:
            raise kit.failure()

    routes.append(Route.get("/error", ErrorController()))


missing(
    "websocket",
    "Broadcasting goes through Pusher, an outside service; the application accepts no WebSocket.",
    documentation=f"{DOCUMENTATION}/digging-deeper/broadcasting/",
)


@capability("injection")
def injection() -> None:
    class Dependency:
        value = "provided"

    app.bind("dependency", Dependency())

    class InjectedController(Controller):
        def __call__(self, dependency: Dependency) -> dict[str, Any]:
            return {"value": dependency.value}

    routes.append(Route.get("/injected", InjectedController()))


@capability("group")
def group() -> None:
    class GroupController(Controller):
        def __call__(self, response: Response) -> Response:
            response.header("Content-Type", "text/plain")
            return response.view("pong")

    routes.append(Route.group([Route.get("/ping", GroupController())], prefix="/group"))


@capability("static")
def static() -> None:
    # In a project the Kernel names the folder, and WhiteNoise serves it.
    app.get_response_handler().add_files(str(kit.STATIC), prefix="static/")


@capability("nan")
def nan() -> None:
    class NanController(Controller):
        def __call__(self) -> dict[str, Any]:
            return {"value": float("nan")}

    routes.append(Route.get("/nan", NanController()))


missing(
    "openapi",
    "The page on API development has none, nor have the two official packages.",
    documentation=f"{DOCUMENTATION}/digging-deeper/api/",
)
missing(
    "docs-ui",
    "The page on API development has none, nor have the two official packages.",
    documentation=f"{DOCUMENTATION}/digging-deeper/api/",
)


@capability("cors")
def cors() -> None:
    from masonite.middleware import CorsMiddleware

    app.make("cors").set_options(
        {"paths": ["*"], "allowed_methods": ["*"], "allowed_origins": [kit.FRIEND], "allowed_headers": ["*"]}
    )
    app.make("middleware").http_middleware.insert(0, CorsMiddleware)


@capability("test-client")
def test_client() -> tuple[int, str]:
    from masonite.foundation import Kernel
    from masonite.tests import TestCase

    Kernel(app).register_testing()
    answers = []

    class PingTest(TestCase):
        def runTest(self) -> None:  # noqa: N802
            response = self.get("/ping")
            answers.append((response.response.get_status(), response.get_content()))

    PingTest().debug()
    return answers[0]


@capability("command-line")
def command_line() -> list[str]:
    return ["python", "craft", "--help"]


app.make("router").add(Route.group(routes, middleware=["web"]))
