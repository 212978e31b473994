# region deployment
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 1
# Each live client keeps one.
threads = 24
keepalive = 15
# The end of a server waits as long for requests; a slow reader is then cut off.
graceful_timeout = 8
# endregion
