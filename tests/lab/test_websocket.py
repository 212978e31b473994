"""The WebSocket client of the probes, against a server of the library. No network."""

import socket
import threading
from contextlib import closing

import pytest
from websockets.sync.server import serve

from lab.core.errors import NoAnswerError
from lab.probes.websocket import Reply, opened

LIMIT = 1000


def answer(connection):
    for message in connection:
        connection.ping()
        connection.send(message.encode() if message == "bytes" else message)


def refuse(connection, request):
    return connection.respond(403, "no\n") if request.path == "/refused" else None


@pytest.fixture(scope="module")
def port():
    with serve(answer, "127.0.0.1", 0, process_request=refuse, max_size=LIMIT) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.socket.getsockname()[1]
        server.shutdown()


def test_messages_come_back(port):
    with opened(port, "/") as connection:
        assert (connection.line, connection.accepted) == ("HTTP/1.1 101 Switching Protocols", True)
        assert connection.echo("hållo") == Reply("hållo")
        assert connection.echo("again") == Reply("again")
        assert connection.echo("bytes") == Reply(b"bytes")


@pytest.mark.parametrize("size", [LIMIT + 1, 20 * 2**20])
def test_a_refused_message_has_the_code_of_the_server(port, size):
    with opened(port, "/") as connection:
        assert connection.echo("x" * size) == Reply(code=1009)


def test_a_refused_upgrade_has_a_status_line(port):
    with opened(port, "/refused") as connection:
        assert (connection.line, connection.accepted) == ("HTTP/1.1 403 Forbidden", False)


@pytest.fixture
def broken():
    """Yield a function that starts a server which sends these bytes and closes, and returns its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve_once(sent):
        def run():
            connection, _ = listening.accept()
            with closing(connection):
                connection.recv(4096)
                connection.sendall(sent)

        threading.Thread(target=run, daemon=True).start()
        return listening.getsockname()[1]

    with closing(listening):
        yield serve_once


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"", "The server closed the connection"),
        (
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            "handshake is wrong",
        ),
    ],
)
def test_a_wrong_handshake_is_no_answer(broken, sent, message):
    with pytest.raises(NoAnswerError, match=message), opened(broken(sent), "/"):
        pass


def test_a_silent_server_is_given_up():
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as listening,
        pytest.raises(TimeoutError),
        opened(listening.getsockname()[1], "/", timeout=0.2),
    ):
        pass
