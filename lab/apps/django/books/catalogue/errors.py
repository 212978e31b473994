# region errors
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.views import defaults


def problem(status, detail="", headers=None, **more):
    """An error as problem details."""
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    content_type = "application/problem+json"
    return JsonResponse(body, status=status, headers=headers, content_type=content_type)


def field_errors(form, **more):
    return [
        {**more, "field": field, "message": error["message"]}
        for field, errors in form.errors.get_json_data().items()
        for error in errors
    ]


def invalid(*forms):
    errors = [error for form in forms for error in field_errors(form)]
    return problem(422, "Some fields are not right.", errors=errors)


def conflict():
    return problem(409, "There is a book with this ISBN, or the author is gone.")


def in_api(request):
    return request.path.startswith("/api/")


def bad_request(request, exception):
    if in_api(request):
        return problem(400, str(exception) if isinstance(exception, BadRequest) else "")
    return defaults.bad_request(request, exception)


def not_found(request, exception):
    if in_api(request):
        return problem(404)
    return defaults.page_not_found(request, exception)


def server_error(request):
    """Django has logged the exception with its traceback."""
    if in_api(request):
        return problem(500)
    return defaults.server_error(request)


# endregion
