from masonite.auth import Sign
from masonite.configuration import Configuration, config
from masonite.environment import LoadEnvironment
from masonite.routes import Route
from masonite.utils.structures import load

from books.middlewares.TokenMiddleware import TokenMiddleware
from books.response_handler import response_handler


class Kernel:
    route_middleware = {"token": [TokenMiddleware]}

    def __init__(self, app):
        self.application = app

    def register(self):
        LoadEnvironment()
        self.register_configurations()
        self.application.make("middleware").add(self.route_middleware)
        self.register_routes()
        self.register_database()
        self.application.bind("views.location", "templates")
        self.application.set_response_handler(response_handler)

    def register_configurations(self):
        self.application.bind("config.location", "config")
        configuration = Configuration(self.application)
        configuration.load()
        self.application.bind("config", configuration)
        self.application.bind("key", config("application.key"))
        self.application.bind("sign", Sign(config("application.key")))
        for name in ("controllers", "jobs", "models", "observers", "providers"):
            self.application.bind(f"{name}.location", f"books/{name}")

    # region routing
    def register_routes(self):
        Route.set_controller_locations("books/controllers")
        router = self.application.make("router")
        router.add(load("routes/web", "ROUTES"))
        router.add(Route.group(load("routes/api", "ROUTES"), prefix="/api"))

    # endregion

    def register_database(self):
        from masoniteorm.query import QueryBuilder

        details = config("database.databases")
        self.application.bind("builder", QueryBuilder(connection_details=details))
        self.application.bind("resolver", config("database.db"))
        self.application.bind("migrations.location", "databases/migrations")
        self.application.bind("seeds.location", "databases/seeds")
