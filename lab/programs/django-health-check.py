"""Tell a healthy database from one that does not answer."""

# /// script
# dependencies = ["django-health-check"]
# ///

import django
from django.conf import settings
from django.test import Client
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["health_check"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
        "gone": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/smoke.db"},
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

from health_check.views import HealthCheckView  # noqa: E402 - reads the settings

well = HealthCheckView.as_view(checks=["health_check.Database"])
ill = HealthCheckView.as_view(checks=[("health_check.Database", {"alias": "gone"})])
urlpatterns = [path("well/", well), path("ill/", ill)]
client = Client()
assert client.get("/well/?format=json").status_code == 200
assert client.get("/ill/?format=json").status_code == 500
