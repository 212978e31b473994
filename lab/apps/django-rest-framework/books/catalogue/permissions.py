# region authentication
from rest_framework.permissions import IsAuthenticatedOrReadOnly


class EditorOrReadOnly(IsAuthenticatedOrReadOnly):
    """Writing wants a token; a method that a view does not have is a 405 to everybody."""

    def has_permission(self, request, view):
        return request.method not in view.allowed_methods or super().has_permission(request, view)


# endregion
