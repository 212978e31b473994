# region first-response
from masonite.controllers import Controller
from masonite.routes import Route

# There is no program of one file: wsgi.py is that of a project.
from wsgi import application


class HelloController(Controller):
    def show(self):
        return "Hello, world!"


application.make("router").set(Route.get("/", HelloController.show))
# endregion
