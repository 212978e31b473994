"""Django REST framework: views with @api_view, serializers for bodies."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from lab.bench import kit

os.environ["DJANGO_SETTINGS_MODULE"] = "lab.bench.adapters.django_settings"
settings.INSTALLED_APPS.append("rest_framework")
django.setup()

from rest_framework import serializers, status  # noqa: E402
from rest_framework.decorators import api_view, renderer_classes  # noqa: E402
from rest_framework.renderers import TemplateHTMLRenderer  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402

rows = kit.open_rows()


class ItemSerializer(serializers.Serializer):
    name = serializers.CharField(min_length=1)
    price = serializers.FloatField()
    tags = serializers.ListField(child=serializers.CharField())


class NewRowSerializer(serializers.Serializer):
    name = serializers.CharField()
    value = serializers.IntegerField()


class RowSerializer(NewRowSerializer):
    id = serializers.IntegerField(read_only=True)


@api_view(["GET"])
def plaintext(request: Request) -> HttpResponse:
    return HttpResponse(kit.GREETING, content_type="text/plain")


@api_view(["GET"])
def greeting(request: Request) -> Response:
    return Response({"message": kit.GREETING})


@api_view(["GET"])
def item(request: Request, id: int) -> Response:
    return Response({"id": id, "q": request.query_params["q"]})


@api_view(["POST"])
def add_item(request: Request) -> Response:
    serializer = ItemSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    return Response(serializer.data, status=status.HTTP_201_CREATED)


@api_view(["GET"])
def row(request: Request, id: int) -> Response:
    return Response(RowSerializer(rows.one(id)).data)


@api_view(["GET", "POST"])
def some_or_add(request: Request) -> Response:
    if request.method == "GET":
        return Response(RowSerializer(rows.some(), many=True).data)
    serializer = NewRowSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    added = rows.add(**serializer.validated_data)
    return Response(RowSerializer(added).data, status=status.HTTP_201_CREATED)


@api_view(["GET"])
def wait(request: Request) -> Response:
    kit.wait()
    return Response({"waited": 50})


@api_view(["GET"])
@renderer_classes([TemplateHTMLRenderer])
def template(request: Request) -> Response:
    return Response({"rows": kit.TABLE}, template_name="rows.html")


@api_view(["POST"])
def upload(request: Request) -> Response:
    return Response({"bytes": len(request.body)})


@api_view(["GET"])
def download(request: Request) -> StreamingHttpResponse:
    return StreamingHttpResponse(kit.pieces(), content_type="application/octet-stream")


@api_view(["GET"])
def ok(request: Request) -> HttpResponse:
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
