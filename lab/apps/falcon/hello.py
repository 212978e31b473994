# region first-response
import falcon
import falcon.asgi
from falcon.asgi import Request, Response


class HelloResource:
    async def on_get(self, req: Request, resp: Response) -> None:
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = "Hello, World!"


app = falcon.asgi.App()
app.add_route("/", HelloResource())
# endregion
