# region routing
from django.urls import path

from . import views

urlpatterns = [
    path("token", views.TokenView.as_view(), name="token"),
    path("authors", views.AuthorListView.as_view(), name="author-list"),
    path("books", views.BookListView.as_view(), name="book-list"),
    path("books.csv", views.BookExportView.as_view(), name="book-export"),
    path("books/import", views.BookImportView.as_view(), name="book-import"),
    path("books/<int:pk>", views.BookView.as_view(), name="book"),
    path("statistics", views.StatisticsView.as_view(), name="statistics"),
]
# endregion
