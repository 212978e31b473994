"""Small servers of the standard library, for tests that start one: each is the text of a smoke.py."""

import shlex
import sys
import time
from pathlib import Path

ANSWERS = """
import http.server, os, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(STATUS)
        self.end_headers()
        self.wfile.write(BODY)

if CHILD:
    os.fork() or __import__("time").sleep(60)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def answering(body=b'{"hello": "world"}', status=200, child=False):
    return f"STATUS, BODY, CHILD = {status}, {body!r}, {child}\n" + ANSWERS


SILENT = "import time\ntime.sleep(60)\n"
BROKEN = 'print("starting")\nraise RuntimeError("no such thing as a broker")\n'
SERVE = f"{shlex.quote(sys.executable)} smoke.py {{port}}"


def alive(pid):
    """Say whether the process still runs after a moment: a signal is delivered, but not at once."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True
