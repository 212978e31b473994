# region background
import logging
from typing import Any

from tornado.escape import json_encode
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

logger = logging.getLogger(__name__)


async def notify(webhook: str | None, event: dict[str, Any]) -> None:
    if not webhook:
        return
    headers = {"Content-Type": "application/json"}
    request = HTTPRequest(
        webhook, "POST", headers, body=json_encode(event), connect_timeout=5, request_timeout=5
    )
    try:
        await AsyncHTTPClient().fetch(request)
    except (HTTPClientError, OSError) as error:
        logger.error("The webhook was not told of book %s: %r", event["book"]["id"], error)
        # endregion
