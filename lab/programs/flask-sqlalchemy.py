"""Write a row to SQLite and read it."""

# /// script
# dependencies = ["flask-sqlalchemy"]
# ///

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
db = SQLAlchemy(app)


class Book(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String)


@app.get("/")
def first():
    return db.session.execute(db.select(Book)).scalar_one().title


with app.app_context():
    db.create_all()
    db.session.add(Book(title="Dune"))
    db.session.commit()
    assert app.test_client().get("/").text == "Dune"
