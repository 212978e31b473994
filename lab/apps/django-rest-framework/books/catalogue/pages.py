import logging

from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .models import Book

logger = logging.getLogger(__name__)


# region templates
@require_safe
def home(request):
    q = request.GET.get("q", "")[:200]  # no title is longer
    q = q.replace("\0", "\ufffd")  # PostgreSQL takes no null character
    books = Book.objects.select_related("author").filter(title__icontains=q)
    return render(request, "catalogue/home.html", {"books": books[:100], "q": q})


# endregion


# region deployment
@require_safe
def health(request):
    try:
        Book.objects.exists()
    except DatabaseError:
        logger.exception("The store cannot be read.")
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


# endregion
