# region routing
from django.contrib import admin
from django.urls import path

from books.api import api
from books.catalogue import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("health", pages.health, name="health"),
    path("admin/", admin.site.urls),
    path("", api.urls),
]
# endregion

# region errors
handler400 = "books.catalogue.errors.bad_request"
handler404 = "books.catalogue.errors.not_found"
handler500 = "books.catalogue.errors.server_error"
# endregion
