# region first-response
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost", "127.0.0.1"])

from ninja import NinjaAPI  # noqa: E402

api = NinjaAPI()


@api.get("/")
def hello(request: HttpRequest) -> str:
    return "Hello world"


urlpatterns = [path("", api.urls)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
# endregion
