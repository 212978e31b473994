# region errors
from collections.abc import Mapping
from http import HTTPStatus

from django.http import JsonResponse
from django.views import defaults
from rest_framework import serializers, views
from rest_framework.exceptions import APIException, ValidationError


class Conflict(APIException):
    status_code = 409
    default_detail = "There is a book with this ISBN, or the author is gone."
    default_code = "conflict"


class FieldErrorSerializer(serializers.Serializer):
    index = serializers.IntegerField(required=False)
    field = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorSerializer(many=True, required=False)


def problems(*statuses):
    """The problems that an operation answers with, as its document describes them."""
    return {(status, "application/problem+json"): ProblemSerializer for status in statuses}


def problem(status, detail="", **more):
    return {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}


def field_errors(detail, **more):
    """Yield what is wrong with each field; those of a list of books come with its index."""
    for name, found in detail.items():
        if isinstance(name, int):  # a book that is null has messages without a field
            fields = found if isinstance(found, Mapping) else {"non_field_errors": found}
            yield from field_errors(fields, index=name)
        else:
            yield from ({**more, "field": name, "message": message} for message in found)


def exception_handler(exc, context):
    response = views.exception_handler(exc, context)
    if response is None:  # not for an API: Django logs it and calls handler500
        return None
    if isinstance(exc, ValidationError):
        errors = list(field_errors(exc.detail))
        response.status_code = 422
        response.data = problem(422, "Some fields are not right.", errors=errors)
    else:
        response.data = problem(response.status_code, response.data["detail"])
    response.content_type = "application/problem+json"
    return response


def problem_response(status):
    return JsonResponse(problem(status), status=status, content_type="application/problem+json")


def in_api(request):
    return request.path.startswith("/api/")


def bad_request(request, exception):
    return problem_response(400) if in_api(request) else defaults.bad_request(request, exception)


def not_found(request, exception):
    return problem_response(404) if in_api(request) else defaults.page_not_found(request, exception)


def server_error(request):
    return problem_response(500) if in_api(request) else defaults.server_error(request)


# endregion
