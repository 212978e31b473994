# region first-response
from litestar import Litestar, get


@get("/")
async def hello() -> str:
    return "Hello, world!"


app = Litestar([hello])
# endregion
