# region first-response
from sanic import Request, Sanic
from sanic.response import HTTPResponse, text

app = Sanic("hello")


@app.get("/")
async def hello(request: Request) -> HTTPResponse:
    return text("Hello, world.")


# endregion
