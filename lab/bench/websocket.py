"""A WebSocket client for one echo: the frames are made and read by `websockets`, over a socket of ours."""

from __future__ import annotations

import socket
from contextlib import closing

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from lab.bench.workloads import Answer

HOST = "127.0.0.1"


def echo(port: int, message: str, path: str = "/ws", seconds: float = 10.0) -> Answer:
    """Return the status of the handshake and the text that comes back for a text message.

    Raises OSError if nobody answers within `seconds`, or if what comes back is not the protocol.
    """
    with closing(socket.create_connection((HOST, port), seconds)) as connection:
        protocol = ClientProtocol(parse_uri(f"ws://{HOST}:{port}{path}"))
        protocol.send_request(protocol.connect())
        status = 0
        while True:
            connection.sendall(b"".join(protocol.data_to_send()))
            data = connection.recv(65536)
            protocol.receive_data(data) if data else protocol.receive_eof()
            for event in protocol.events_received():
                if isinstance(event, Response) and not protocol.handshake_exc:
                    status = event.status_code
                    protocol.send_text(message.encode())
                elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                    return Answer(status=status, headers={}, body=bytes(event.data))
            if protocol.handshake_exc or not data:
                raise ConnectionError(str(protocol.handshake_exc or "the server ended the connection"))
