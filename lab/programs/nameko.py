"""Answer a request with nameko run, without a broker."""

# /// script
# dependencies = ["nameko"]
# [tool.lab]
# serve = "sh -c 'echo WEB_SERVER_ADDRESS: 127.0.0.1:{port} > nameko.yml; exec nameko run smoke --config nameko.yml'"
# cure = ["setuptools<81"]
# ///

import json

from nameko.web.handlers import http


class Hello:
    name = "hello"

    @http("GET", "/")
    def hello(self, request):
        return 200, {"Content-Type": "application/json"}, json.dumps({"hello": "world"})
