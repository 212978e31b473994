"""Instructions are counted in the worker that a server forks, the same twice, and more where there is more to do."""

from __future__ import annotations

import shutil
import sys

import pytest

from lab.bench import instructions
from lab.bench.instructions import Started
from lab.bench.workloads import Request
from lab.core.processes import free_port
from lab.core.tools import bare_variables

SERVER = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

WORK = {"/json": 2_000, "/more": 4_000}

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        sum(number for number in range(WORK.get(self.path, 0)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *parts):
        pass

server = HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
worker = os.fork()
if worker == 0:
    server.serve_forever()
os.waitpid(worker, 0)
"""
needs = pytest.mark.skipif(
    not shutil.which("valgrind") or not shutil.which("gcc"), reason="valgrind and gcc are needed"
)


@needs
@pytest.mark.long
def test_more_work_is_told_and_the_same_work_is_not(tmp_path):
    file, port = tmp_path / "server.py", free_port()
    file.write_text(SERVER)
    start = Started(command=[sys.executable, str(file), str(port)], variables=bare_variables(), port=port)
    same, more = ((Request(method="GET", path=path), 200) for path in ("/json", "/more"))
    found = instructions.count(start, {"first": same, "again": same, "more": more})
    assert found["first"] > 200 * 2_000 * 10
    assert found["again"] == pytest.approx(found["first"], rel=0.03)
    assert found["more"] - found["first"] > 200 * 2_000 * 10
