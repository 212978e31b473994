"""Serve an ASGI application."""

# /// script
# dependencies = ["uvicorn"]
# [tool.lab]
# serve = "uvicorn smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///


async def app(scope, receive, send):
    if scope["type"] == "http":
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"hello": "world"}'})
