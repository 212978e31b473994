"""Tornado, with Pydantic for bodies and its own templates."""

import asyncio
import json
import sys
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from lab.bench import kit

Model = TypeVar("Model", bound=BaseModel)


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(BaseModel):
    name: str
    value: int


class BaseHandler(RequestHandler):
    def write_json(self, value: Any) -> None:
        """Write what `write` refuses, a list."""
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.write(json.dumps(value))

    def received(self, model: type[Model]) -> Model | None:
        try:
            return model.model_validate_json(self.request.body)
        except ValidationError as error:
            self.set_status(422)
            self.write({"errors": json.loads(error.json())})
            return None


class PlaintextHandler(BaseHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.write(kit.GREETING)


class GreetingHandler(BaseHandler):
    def get(self) -> None:
        self.write({"message": kit.GREETING})


class ItemHandler(BaseHandler):
    def get(self, id: str) -> None:
        self.write({"id": int(id), "q": self.get_query_argument("q")})


class ItemsHandler(BaseHandler):
    def post(self) -> None:
        if item := self.received(Item):
            self.set_status(201)
            self.write(item.model_dump())


class TableHandler(BaseHandler):
    def initialize(self, rows: Any) -> None:
        self.rows = rows


class RowHandler(TableHandler):
    async def get(self, id: str) -> None:
        self.write(await self.rows.one(int(id)))


class RowsHandler(TableHandler):
    async def get(self) -> None:
        self.write_json(await self.rows.some())

    async def post(self) -> None:
        if new := self.received(NewRow):
            self.set_status(201)
            self.write(await self.rows.add(new.name, new.value))


class WaitHandler(BaseHandler):
    async def get(self) -> None:
        await kit.wait_async()
        self.write({"waited": 50})


class TemplateHandler(BaseHandler):
    def get(self) -> None:
        self.render("rows.tornado.html", rows=kit.TABLE)


class UploadHandler(BaseHandler):
    def post(self) -> None:
        self.write({"bytes": len(self.request.body)})


class DownloadHandler(BaseHandler):
    async def get(self) -> None:
        self.set_header("Content-Type", "application/octet-stream")
        async for piece in kit.pieces_async():
            self.write(piece)
            await self.flush()


class EchoHandler(WebSocketHandler):
    async def on_message(self, message: str | bytes) -> None:
        await self.write_message(message)


class OkHandler(BaseHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.write("ok")


def make_app(rows: Any) -> Application:
    """Return the application with its routes."""
    return Application(
        [
            (r"/plaintext", PlaintextHandler),
            (r"/json", GreetingHandler),
            (r"/items/(\d+)", ItemHandler),
            (r"/items", ItemsHandler),
            (r"/row/(\d+)", RowHandler, {"rows": rows}),
            (r"/rows", RowsHandler, {"rows": rows}),
            (r"/wait", WaitHandler),
            (r"/template", TemplateHandler),
            (r"/upload", UploadHandler),
            (r"/download", DownloadHandler),
            (r"/ws", EchoHandler),
            *[(rf"/route/{number}", OkHandler) for number in kit.ROUTES],
        ],
        template_path=str(kit.TEMPLATES),
    )


async def main(port: int) -> None:
    """Serve until the process is ended, as the guide does."""
    rows = await kit.open_rows_async()
    make_app(rows).listen(port, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
