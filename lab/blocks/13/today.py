# Built-in security features
from django.utils.csp import CSP

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CSP = {'default-src': [CSP.SELF]}
MIDDLEWARE += ['django.middleware.csp.ContentSecurityPolicyMiddleware']
X_FRAME_OPTIONS = 'DENY'
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# CSRF protection (enabled by default)
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from .models import Book

@require_POST
def create_book(request):
    # CSRF token already validated by CsrfViewMiddleware
    Book.objects.create(
        title=request.POST['title'],
        author_id=request.POST['author_id'],
        published_date=request.POST['published_date'],
        isbn=request.POST['isbn'],
    )
    return redirect('book_list')

# SQL injection prevention through ORM
def search(user_input):
    return Book.objects.filter(title__icontains=user_input)  # Safe
# Never do: Book.objects.raw(f"SELECT * FROM books WHERE title LIKE '%{user_input}%'")  # Unsafe
