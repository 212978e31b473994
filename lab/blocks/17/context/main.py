from datetime import datetime
from databases import Database

database = Database("sqlite+aiosqlite:///books.db")

