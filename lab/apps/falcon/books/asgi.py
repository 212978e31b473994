from books.app import create_app
from books.config import Config

app = create_app(Config())
