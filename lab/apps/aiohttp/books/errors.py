import json
import logging
from http import HTTPStatus

import aiohttp_jinja2
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

logger = logging.getLogger(__name__)


# region errors
def problem(status: int, detail: str, **more: object) -> web.Response:
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return web.Response(
        text=json.dumps(body), status=status, content_type="application/problem+json"
    )


def refused(error: ValidationError) -> web.Response:
    wrong = [{"field": str((*e["loc"], "")[0]), "message": e["msg"]} for e in error.errors()]
    return problem(422, "Some fields are not right.", errors=wrong)


def kept(error: web.HTTPException) -> dict[str, str]:
    """The headers of an error that its page or problem needs too."""
    names = (hdrs.ALLOW, hdrs.WWW_AUTHENTICATE)
    return {name: error.headers[name] for name in names if name in error.headers}


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ValidationError as error:
        return refused(error)
    except IntegrityError:
        return problem(409, "There is a book with this ISBN, or its author has just been removed.")
    except web.HTTPException as error:
        response = problem(error.status, error.text or "")
        response.headers.update(kept(error))
        return response
    except ConnectionError:
        raise  # the client has left
    except Exception:
        if request.writer.output_size:
            raise  # a part is sent: aiohttp logs it and closes the connection
        logger.exception("%s %r failed", request.method, request.path)
        return problem(500, "It is not your fault.")


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        status, headers = error.status, kept(error)
    except ConnectionError:
        raise
    except Exception:
        if request.writer.output_size:
            raise  # a part is sent: aiohttp logs it and closes the connection
        logger.exception("%s %r failed", request.method, request.path)
        status, headers = 500, {}
    context = {"phrase": HTTPStatus(status).phrase}
    response = aiohttp_jinja2.render_template("error.html", request, context, status=status)
    response.headers.update(headers)
    return response
    # endregion
