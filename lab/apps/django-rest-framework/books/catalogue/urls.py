# region routing
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from . import auth, views

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("authors", views.AuthorViewSet)
router.register("books", views.BookViewSet)

urlpatterns = [
    path("token", auth.TokenView.as_view(), name="token"),
    path("statistics", views.StatisticsView.as_view(), name="statistics"),
    path("books.csv", views.BookExportView.as_view(), name="book-export"),
    path("", include(router.urls)),
]
# endregion
