# region live
import json
from contextlib import suppress
from functools import partial
from socket import SHUT_RDWR

from eventlet.queue import Full, LightQueue
from eventlet.websocket import WebSocketWSGI
from nameko.extensions import DependencyProvider
from werkzeug.routing import Rule

from books.entrypoints import BooksServer


class Live(DependencyProvider):
    """Sends events to every client of /live; `nameko.web.websocket` knows JSON RPC only."""

    server = BooksServer()

    def setup(self):
        self.clients = {}
        self.server.register_provider(self)

    def stop(self):
        self.server.unregister_provider(self)

    def get_url_rule(self):
        return Rule("/live", methods=["GET"], websocket=True)

    def handle_request(self, request):
        return WebSocketWSGI.configured(self.serve)

    def serve(self, socket):
        queue = LightQueue(100)
        sender = self.container.spawn_managed_thread(partial(self.send, socket, queue))
        self.clients[queue] = socket
        try:
            while socket.wait() is not None:
                pass
        finally:
            del self.clients[queue]
            sender.kill()

    def send(self, socket, queue):
        try:
            while True:
                socket.send(queue.get())
        except OSError:
            pass  # The client has left.

    def broadcast(self, event):
        message = json.dumps(event)
        for queue, socket in self.clients.items():
            try:
                queue.put_nowait(message)
            except Full:  # It reads too slowly; serve() forgets it.
                with suppress(OSError):
                    socket.socket.shutdown(SHUT_RDWR)

    def get_dependency(self, worker_ctx):
        return self.broadcast


# endregion
