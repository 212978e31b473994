from masonite.controllers import Controller
from masonite.response import Response

from books.errors import HttpError
from books.live import Hub, Listener


# region live
class LiveController(Controller):
    def show(self, hub: Hub, response: Response):
        if len(hub.clients) >= 16:  # Each keeps a thread; the others are for requests.
            raise HttpError(503, "Too many clients are listening.")
        response.header("Content-Type", "text/event-stream")
        response.header("Cache-Control", "no-store")
        response.content = Listener(hub)
        return response.status(200)


# endregion
