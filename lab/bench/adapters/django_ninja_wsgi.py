"""Django Ninja under WSGI: operations are functions."""

import os
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path

from lab.bench import kit

os.environ["DJANGO_SETTINGS_MODULE"] = "lab.bench.adapters.django_settings"
django.setup()

from ninja import Field, NinjaAPI, Schema, Status  # noqa: E402

api = NinjaAPI()
rows = kit.open_rows()


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
def plaintext(request: HttpRequest) -> HttpResponse:
    return HttpResponse(kit.GREETING, content_type="text/plain")


@api.get("/json", response=Greeting)
def greeting(request: HttpRequest) -> dict[str, str]:
    return {"message": kit.GREETING}


@api.get("/items/{int:id}", response=Queried)
def item(request: HttpRequest, id: int, q: str) -> dict[str, Any]:
    return {"id": id, "q": q}


@api.post("/items", response={201: Item})
def add_item(request: HttpRequest, item: Item) -> Status[Item]:
    return Status(201, item)


@api.get("/row/{int:id}", response=Row)
def row(request: HttpRequest, id: int) -> Any:
    return rows.one(id)


@api.get("/rows", response=list[Row])
def some_rows(request: HttpRequest) -> Any:
    return rows.some()


@api.post("/rows", response={201: Row})
def add_row(request: HttpRequest, new: NewRow) -> Any:
    return Status(201, rows.add(new.name, new.value))


@api.get("/wait", response=Waited)
def wait(request: HttpRequest) -> dict[str, int]:
    kit.wait()
    return {"waited": 50}


@api.get("/template")
def template(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": kit.TABLE})


@api.post("/upload", response=Size)
def upload(request: HttpRequest) -> dict[str, int]:
    return {"bytes": len(request.body)}


@api.get("/download")
def download(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(kit.pieces(), content_type="application/octet-stream")


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


for number in kit.ROUTES:
    api.get(f"/route/{number}", operation_id=f"route-{number}")(ok)

urlpatterns = [path("", api.urls)]
settings.ROOT_URLCONF = __name__
app = get_wsgi_application()
