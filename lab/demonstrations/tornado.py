"""What Tornado does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["wtforms-tornado"]
# ///

import asyncio
from contextvars import ContextVar

from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from wtforms import StringField
from wtforms.validators import DataRequired
from wtforms_tornado import Form

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def serve(application: Application) -> tuple[HTTPServer, int]:
    """Serve the application on a free port of this machine and return the server and the port."""
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(application)
    server.add_sockets(sockets)
    return server, sockets[0].getsockname()[1]


def context_variables_pass_from_prepare_to_on_finish() -> None:
    """The method of a handler sees a context variable that prepare set, and on_finish sees what the method set."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    class Handler(RequestHandler):
        def prepare(self) -> None:
            variable.set("prepare")

        async def get(self) -> None:
            seen.append(variable.get())
            variable.set("method")

        def on_finish(self) -> None:
            seen.append(variable.get())

    async def main() -> None:
        server, port = serve(Application([("/", Handler)]))
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
        server.stop()

    asyncio.run(main())
    assert seen == ["prepare", "method"]


def pieces_leave_before_the_response_ends() -> None:
    """With prepare and compress_response, the first piece arrives while the handler still waits with the second."""

    async def main() -> None:
        first_piece_arrived = asyncio.Event()

        class Handler(RequestHandler):
            def prepare(self) -> None:
                self.set_header("Content-Type", "text/plain")

            async def get(self) -> None:
                self.write("first piece " * 100)
                await self.flush()
                await first_piece_arrived.wait()
                self.write("last piece")

        server, port = serve(Application([("/", Handler)], compress_response=True))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n")
        headers = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        assert b"Content-Encoding: gzip" in headers
        assert int(await asyncio.wait_for(reader.readuntil(b"\r\n"), PATIENCE), 16) > 0
        first_piece_arrived.set()
        assert (await asyncio.wait_for(reader.read(), PATIENCE)).endswith(b"\r\n0\r\n\r\n")
        writer.close()
        server.stop()

    asyncio.run(main())


def a_body_above_100_mib_is_refused_with_400() -> None:
    """A request that announces a body of 100 MiB and one byte gets status 400; one of 100 MiB is awaited."""

    class Handler(RequestHandler):
        def post(self) -> None:
            self.write("accepted")

    async def status_line(port: int, length: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % length)
        try:
            return await asyncio.wait_for(reader.readline(), 1)
        except TimeoutError:
            return b"awaited"
        finally:
            writer.close()

    async def main() -> None:
        server, port = serve(Application([("/", Handler)]))
        assert b" 400 " in await status_line(port, 100 * 1024 * 1024 + 1)
        assert await status_line(port, 100 * 1024 * 1024) == b"awaited"
        server.stop()

    asyncio.run(main())


def forms_of_wtforms_tornado_are_validated_and_rendered() -> None:
    """A form of wtforms-tornado takes the arguments of a request, refuses an empty field and renders it as HTML."""

    class Named(Form):
        name = StringField(validators=[DataRequired()])

    class Handler(RequestHandler):
        def post(self) -> None:
            form = Named(self.request.arguments)
            self.write(f"{form.validate()} {form.name()}")

    async def main() -> None:
        server, port = serve(Application([("/", Handler)]))
        for body, valid, value in (("name=Ada", "True", 'value="Ada"'), ("name=", "False", 'value=""')):
            response = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/", method="POST", body=body)
            answer = response.body.decode()
            assert answer.startswith(f"{valid} <input ")
            assert value in answer
        server.stop()

    asyncio.run(main())


def spawned_callbacks_outlive_the_response() -> None:
    """A coroutine that a handler gives to spawn_callback still runs when on_finish and the response are over."""
    happened = []

    async def main() -> None:
        responded, ended = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            await responded.wait()
            happened.append("work ended")
            ended.set()

        class Handler(RequestHandler):
            def get(self) -> None:
                IOLoop.current().spawn_callback(work)

            def on_finish(self) -> None:
                happened.append("on_finish")

        server, port = serve(Application([("/", Handler)]))
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
        happened.append("response")
        responded.set()
        await asyncio.wait_for(ended.wait(), PATIENCE)
        server.stop()

    asyncio.run(main())
    assert happened == ["on_finish", "response", "work ended"]
