"""Django under ASGI: views are coroutines, and forms check what is sent."""

import json
import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lab.bench import kit

os.environ["DJANGO_SETTINGS_MODULE"] = "lab.bench.adapters.django_settings"
django.setup()

from lab.bench.adapters.django_forms import ItemForm, NewRowForm  # noqa: E402

rows = kit.SharedRows()


@require_GET
async def plaintext(request: HttpRequest) -> HttpResponse:
    return HttpResponse(kit.GREETING, content_type="text/plain")


@require_GET
async def greeting(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"message": kit.GREETING})


@require_GET
async def item(request: HttpRequest, id: int) -> HttpResponse:
    return JsonResponse({"id": id, "q": request.GET["q"]})


@csrf_exempt
@require_POST
async def add_item(request: HttpRequest) -> HttpResponse:
    form = ItemForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse(form.errors, status=422)
    return JsonResponse(form.cleaned_data, status=201)


@require_GET
async def row(request: HttpRequest, id: int) -> HttpResponse:
    return JsonResponse(await (await rows.opened()).one(id))


@csrf_exempt
async def some_or_add(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return JsonResponse(await (await rows.opened()).some(), safe=False)
    form = NewRowForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse(form.errors, status=422)
    new = form.cleaned_data
    return JsonResponse(await (await rows.opened()).add(new["name"], new["value"]), status=201)


@require_GET
async def wait(request: HttpRequest) -> HttpResponse:
    await kit.wait_async()
    return JsonResponse({"waited": 50})


@require_GET
async def template(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": kit.TABLE})


@csrf_exempt
@require_POST
async def upload(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"bytes": len(request.body)})


@require_GET
async def download(request: HttpRequest) -> HttpResponse:
    return StreamingHttpResponse(kit.pieces_async(), content_type="application/octet-stream")


async def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("plaintext", plaintext),
    path("json", greeting),
    path("items/<int:id>", item),
    path("items", add_item),
    path("row/<int:id>", row),
    path("rows", some_or_add),
    path("wait", wait),
    path("template", template),
    path("upload", upload),
    path("download", download),
    *[path(f"route/{number}", ok) for number in kit.ROUTES],
]
settings.ROOT_URLCONF = __name__
app = get_asgi_application()
