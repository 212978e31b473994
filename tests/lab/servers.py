"""Small servers of the standard library, for tests that start one: each is the text of a smoke.py."""

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
