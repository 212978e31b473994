# region deployment
import json
import logging
import re
import time
import uuid

from django.utils.decorators import async_only_middleware

logger = logging.getLogger("books.requests")


@async_only_middleware
def request_log(get_response):
    async def middleware(request):
        began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid.uuid4().hex
        response = await get_response(request)
        response["X-Request-ID"] = request_id
        line = {
            "request_id": request_id,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        logger.info(json.dumps(line))
        return response

    return middleware


# endregion
