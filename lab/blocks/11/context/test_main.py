from main import app, get_db

