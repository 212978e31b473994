# Built-in security features
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_BROWSER_XSS_FILTER = True
X_FRAME_OPTIONS = 'DENY'

# CSRF protection (enabled by default)
from django.views.decorators.csrf import csrf_protect

@csrf_protect
def create_book(request):
    # CSRF token automatically validated
    pass

# SQL injection prevention through ORM
books = Book.objects.filter(title__icontains=user_input)  # Safe
# Never do: Book.objects.raw(f"SELECT * FROM books WHERE title LIKE '%{user_input}%'")  # Unsafe
