"""Create a table with a generated migration."""

# /// script
# dependencies = ["flask-migrate", "flask-sqlalchemy"]
# ///

import pathlib

from flask import Flask
from flask_migrate import Migrate, init, migrate, upgrade
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{pathlib.Path.cwd() / 'smoke.db'}"
db = SQLAlchemy(app)
Migrate(app, db)


class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)


with app.app_context():
    assert not db.inspect(db.engine).has_table("book")
    init()
    migrate(message="books")
    upgrade()
    assert db.inspect(db.engine).has_table("book")
