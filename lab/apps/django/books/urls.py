# region routing
from django.contrib import admin
from django.urls import include, path

from books.catalogue import pages
from books.catalogue.live import live

urlpatterns = [
    path("", pages.home, name="home"),
    path("api/", include("books.catalogue.urls")),
    path("live", live, name="live"),
    path("health", pages.health, name="health"),
    path("admin/", admin.site.urls),
]
# endregion

# region errors
handler400 = "books.catalogue.errors.bad_request"
handler404 = "books.catalogue.errors.not_found"
handler500 = "books.catalogue.errors.server_error"
# endregion
