"""What eventlet's WSGI server does alone: the application of `bare_wsgi`, in a process that is patched for it."""

import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402 - after the patch, as eventlet's documentation shows

from lab.probes.adapters.bare_wsgi import app  # noqa: E402

if __name__ == "__main__":
    wsgi.server(eventlet.listen(("127.0.0.1", int(sys.argv[1]))), app)
