# region deployment
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 1  # live updates reach the clients of this process only
threads = 24  # each live client keeps one
preload_app = True  # wrong settings end the program at once
graceful_timeout = 9  # seconds for what is being answered when the end is asked for
# endregion
