"""Django under WSGI: views are functions, and forms check what is sent."""

import json
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lab.bench import kit

os.environ["DJANGO_SETTINGS_MODULE"] = "lab.bench.adapters.django_settings"
django.setup()

from lab.bench.adapters.django_forms import ItemForm, NewRowForm  # noqa: E402

rows = kit.open_rows()


@require_GET
def plaintext(request: HttpRequest) -> HttpResponse:
    return HttpResponse(kit.GREETING, content_type="text/plain")


@require_GET
def greeting(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"message": kit.GREETING})


@require_GET
def item(request: HttpRequest, id: int) -> HttpResponse:
    return JsonResponse({"id": id, "q": request.GET["q"]})


@csrf_exempt
@require_POST
def add_item(request: HttpRequest) -> HttpResponse:
    form = ItemForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse(form.errors, status=422)
    return JsonResponse(form.cleaned_data, status=201)


@require_GET
def row(request: HttpRequest, id: int) -> HttpResponse:
    return JsonResponse(rows.one(id))


@csrf_exempt
def some_or_add(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return JsonResponse(rows.some(), safe=False)
    form = NewRowForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse(form.errors, status=422)
    new = form.cleaned_data
    return JsonResponse(rows.add(new["name"], new["value"]), status=201)


@require_GET
def wait(request: HttpRequest) -> HttpResponse:
    kit.wait()
    return JsonResponse({"waited": 50})


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": kit.TABLE})


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"bytes": len(request.body)})


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    return StreamingHttpResponse(kit.pieces(), content_type="application/octet-stream")


def ok(request: HttpRequest) -> HttpResponse:
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
app = get_wsgi_application()
