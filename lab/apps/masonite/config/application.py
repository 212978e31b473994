import base64
import hashlib

from masonite.environment import env

DEBUG = env("APP_DEBUG", False)

# What Masonite signs, it signs with a key of 32 bytes.
KEY = base64.urlsafe_b64encode(hashlib.sha256(env("BOOKS_SECRET", cast=False).encode()).digest())
