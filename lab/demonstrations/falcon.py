"""What Falcon does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import threading
from contextvars import ContextVar

import falcon
import falcon.asgi
from falcon import testing

PATIENCE = 5
"""Seconds after which a wait counts as lost."""


def context_variables_go_both_ways():
    """A responder sees what process_request set and process_response sees what the responder set, WSGI and ASGI."""
    variable = ContextVar("variable", default="nobody")
    seen = []

    class Middleware:
        def process_request(self, req, resp):
            variable.set("middleware")

        def process_response(self, req, resp, resource, req_succeeded):
            seen.append(variable.get())

        async def process_request_async(self, req, resp):
            self.process_request(req, resp)

        async def process_response_async(self, req, resp, resource, req_succeeded):
            self.process_response(req, resp, resource, req_succeeded)

    class Resource:
        def on_get(self, req, resp):
            seen.append(variable.get())
            variable.set("responder")

    class AsyncResource(Resource):
        async def on_get(self, req, resp):
            Resource.on_get(self, req, resp)

    for app, resource in ((falcon.App, Resource), (falcon.asgi.App, AsyncResource)):
        seen.clear()
        site = app(middleware=[Middleware()])
        site.add_route("/", resource())
        testing.simulate_get(site, "/")
        assert seen == ["middleware", "responder"], app


def streams_pass_middleware():
    """With middleware installed, the client has the first piece of resp.stream before the second is made."""

    class Middleware:
        async def process_response(self, req, resp, resource, req_succeeded):
            resp.set_header("X-Seen", "yes")

    async def demonstrate():
        arrived = asyncio.Event()

        async def pieces():
            yield b"first"
            await asyncio.wait_for(arrived.wait(), PATIENCE)
            yield b"second"

        class Resource:
            async def on_get(self, req, resp):
                resp.stream = pieces()

        app = falcon.asgi.App(middleware=[Middleware()])
        app.add_route("/", Resource())
        async with (
            testing.ASGIConductor(app) as conductor,
            conductor.simulate_get_stream("/") as response,
        ):
            first = await response.stream.read()
            arrived.set()
            while not (rest := await response.stream.read()):
                await asyncio.sleep(0)
            return response.headers["x-seen"], first, rest

    assert asyncio.run(demonstrate()) == ("yes", b"first", b"second")


def scheduled_work_is_a_task_of_its_own():
    """The ASGI application has finished the request, middleware included, while a resp.schedule callback still runs."""
    happened = []

    class Middleware:
        async def process_response(self, req, resp, resource, req_succeeded):
            happened.append("middleware ended")

    async def demonstrate():
        finished, worked = asyncio.Event(), asyncio.Event()

        async def work():
            await asyncio.wait_for(finished.wait(), PATIENCE)
            happened.append("work ended")
            worked.set()

        class Resource:
            async def on_get(self, req, resp):
                resp.schedule(work)

        app = falcon.asgi.App(middleware=[Middleware()])
        app.add_route("/", Resource())
        scope = testing.create_scope("/")
        receive, send = testing.ASGIRequestEventEmitter(), testing.ASGIResponseEventCollector()
        await app(scope, receive, send)
        happened.append("request ended")
        finished.set()
        await worked.wait()

    asyncio.run(demonstrate())
    assert happened == ["middleware ended", "request ended", "work ended"]


def parts_are_limited_and_json_is_not():
    """JSON of 30 MB is accepted; a form of 65 parts and a buffered part above 1 MiB are refused."""

    class Json:
        def on_post(self, req, resp):
            resp.media = len(req.get_media())

    class Form:
        def on_post(self, req, resp):
            for part in req.get_media():
                part.get_data()

    def form(parts, size):
        heads = (f'--end\r\nContent-Disposition: form-data; name="{part}"\r\n\r\n' for part in range(parts))
        return "".join(f"{head}{'x' * size}\r\n" for head in heads) + "--end--\r\n"

    def posted(parts, size):
        headers = {"Content-Type": "multipart/form-data; boundary=end"}
        return testing.simulate_post(app, "/form", body=form(parts, size), headers=headers).status_code

    app = falcon.App()
    app.add_route("/json", Json())
    app.add_route("/form", Form())
    assert testing.simulate_post(app, "/json", json="x" * 30_000_000).json == 30_000_000
    assert (posted(64, 1), posted(65, 1)) == (200, 400)
    assert (posted(1, 2**20), posted(1, 2**20 + 1)) == (200, 400)


def a_blocking_call_needs_sync_to_async():
    """A call that blocks an async responder holds up another request; through falcon.sync_to_async it does not."""

    async def other_is_served_meanwhile(wait):
        served = threading.Event()

        class Waiting:
            async def on_get(self, req, resp):
                resp.media = await wait(served)

        class Other:
            async def on_get(self, req, resp):
                served.set()

        app = falcon.asgi.App()
        app.add_route("/waiting", Waiting())
        app.add_route("/other", Other())
        async with testing.ASGIConductor(app) as conductor:
            waiting, _ = await asyncio.gather(conductor.simulate_get("/waiting"), conductor.simulate_get("/other"))
            return waiting.json

    async def blocking(served):
        return served.wait(0.5)

    async def in_a_thread(served):
        return await falcon.sync_to_async(served.wait, PATIENCE)

    assert not asyncio.run(other_is_served_meanwhile(blocking))
    assert asyncio.run(other_is_served_meanwhile(in_a_thread))
