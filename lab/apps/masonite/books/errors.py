import logging

from masonite.utils.http import HTTP_STATUS_CODES

logger = logging.getLogger(__name__)


# region errors
class HttpError(Exception):
    is_http_exception = True

    def __init__(self, status, message, headers=None, errors=None):
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.errors = errors

    def get_status(self):
        return self.status

    def get_response(self):
        return str(self)

    def get_headers(self):
        return self.headers


class HttpExceptionHandler:
    """Answers an error of the API as problem details (RFC 9457), any other as a page."""

    def __init__(self, application):
        self.application = application

    def handle(self, exception):
        status = exception.get_status()
        title = HTTP_STATUS_CODES[status].partition(" ")[2]
        response = self.application.make("response").status(status)
        if status == 500:
            logger.error("A request failed", exc_info=exception)
        if not self.application.make("environ")["PATH_INFO"].startswith("/api/"):
            page = self.application.make("view").render("errors/error", {"title": title})
            return response.view(page)
        problem = {"title": title, "status": status}
        if status != 500:
            problem["detail"] = exception.get_response()
        if errors := getattr(exception, "errors", None):
            problem["errors"] = errors
        response.header("Content-Type", "application/problem+json")
        return response.json(problem, status)


# endregion
