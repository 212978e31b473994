"""Answer a request under Gunicorn."""

# /// script
# dependencies = ["django", "gunicorn"]
# [tool.lab]
# serve = "gunicorn smoke:app --bind 127.0.0.1:{port} --workers 1"
# ///

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
urlpatterns = [path("", lambda request: JsonResponse({"hello": "world"}))]
app = get_wsgi_application()
