"""Django Ninja under ASGI: operations are coroutines."""

import os
from typing import Any

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path

from lab.bench import kit

os.environ["DJANGO_SETTINGS_MODULE"] = "lab.bench.adapters.django_settings"
django.setup()

from ninja import Field, NinjaAPI, Schema, Status  # noqa: E402

api = NinjaAPI()
rows = kit.SharedRows()


class Greeting(Schema):
    message: str


class Queried(Schema):
    id: int
    q: str


class Item(Schema):
    name: str = Field(min_length=1)
    price: float
    tags: list[str]


class NewRow(Schema):
    name: str
    value: int


class Row(NewRow):
    id: int


class Waited(Schema):
    waited: int


class Size(Schema):
    bytes: int


@api.get("/plaintext")
async def plaintext(request: HttpRequest) -> HttpResponse:
    return HttpResponse(kit.GREETING, content_type="text/plain")


@api.get("/json", response=Greeting)
async def greeting(request: HttpRequest) -> dict[str, str]:
    return {"message": kit.GREETING}


@api.get("/items/{int:id}", response=Queried)
async def item(request: HttpRequest, id: int, q: str) -> dict[str, Any]:
    return {"id": id, "q": q}


@api.post("/items", response={201: Item})
async def add_item(request: HttpRequest, item: Item) -> Status[Item]:
    return Status(201, item)


@api.get("/row/{int:id}", response=Row)
async def row(request: HttpRequest, id: int) -> Any:
    return await (await rows.opened()).one(id)


@api.get("/rows", response=list[Row])
async def some_rows(request: HttpRequest) -> Any:
    return await (await rows.opened()).some()


@api.post("/rows", response={201: Row})
async def add_row(request: HttpRequest, new: NewRow) -> Any:
    return Status(201, await (await rows.opened()).add(new.name, new.value))


@api.get("/wait", response=Waited)
async def wait(request: HttpRequest) -> dict[str, int]:
    await kit.wait_async()
    return {"waited": 50}


@api.get("/template")
async def template(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": kit.TABLE})


@api.post("/upload", response=Size)
async def upload(request: HttpRequest) -> dict[str, int]:
    return {"bytes": len(request.body)}


@api.get("/download")
async def download(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(kit.pieces_async(), content_type="application/octet-stream")


async def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


for number in kit.ROUTES:
    api.get(f"/route/{number}", operation_id=f"route-{number}")(ok)

urlpatterns = [path("", api.urls)]
settings.ROOT_URLCONF = __name__
app = get_asgi_application()
