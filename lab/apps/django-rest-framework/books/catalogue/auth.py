# region authentication
from django.conf import settings
from django.utils.crypto import constant_time_compare
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken
from rest_framework_simplejwt.views import TokenViewBase

from .errors import problems


class EditorToken(AccessToken):
    def verify(self):
        """Ask for a term and for the editor, and neither for an id nor for a type."""
        self.check_exp()
        if self.payload.get("sub") != settings.BOOKS_EDITOR:
            raise TokenError("The token is not the editor's.")


class CredentialsSerializer(serializers.Serializer):
    username = serializers.CharField(allow_blank=True, trim_whitespace=False, write_only=True)
    password = serializers.CharField(allow_blank=True, trim_whitespace=False, write_only=True)
    access_token = serializers.CharField(read_only=True)
    token_type = serializers.CharField(read_only=True)
    expires_in = serializers.IntegerField(read_only=True)

    def validate(self, credentials):
        known = constant_time_compare(credentials["username"], settings.BOOKS_EDITOR)
        if not (constant_time_compare(credentials["password"], settings.BOOKS_PASSWORD) and known):
            raise AuthenticationFailed("The name or the password is wrong.")
        token = EditorToken()
        token["sub"] = credentials["username"]
        return {
            "access_token": str(token),
            "token_type": "bearer",
            "expires_in": settings.BOOKS_TOKEN_SECONDS,
        }


@extend_schema(responses={200: CredentialsSerializer} | problems(400, 401, 415, 422))
class TokenView(TokenViewBase):
    serializer_class = CredentialsSerializer


# endregion
