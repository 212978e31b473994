# region first-response
from nameko.web.handlers import http


class HelloService:
    name = "hello"

    @http("GET", "/")
    def hello(self, request):
        return "Hello, world!"


# endregion
