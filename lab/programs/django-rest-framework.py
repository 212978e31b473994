"""Answer a request under Gunicorn."""

# /// script
# dependencies = ["djangorestframework", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
)
app = get_wsgi_application()

from rest_framework.decorators import api_view  # noqa: E402 - reads the settings
from rest_framework.response import Response  # noqa: E402


@api_view(["GET"])
def hello(request):
    return Response({"hello": "world"})


urlpatterns = [path("", hello)]
