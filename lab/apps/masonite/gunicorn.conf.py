# region deployment
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 1
# Request and response are bound in one container per process: threads would mix them up.
worker_class = "sync"
timeout = 120
# endregion
