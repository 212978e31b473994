"""Answer a request under Gunicorn."""

# /// script
# dependencies = ["django-ninja", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
app = get_wsgi_application()

from ninja import NinjaAPI  # noqa: E402 - reads the settings

api = NinjaAPI()


@api.get("/")
def hello(request):
    return {"hello": "world"}


urlpatterns = [path("", api.urls)]
