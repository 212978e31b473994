"""Keep a stranger out and let a user in."""

# /// script
# dependencies = ["flask-login"]
# ///

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user

app = Flask(__name__)
app.secret_key = "smoke"
manager = LoginManager(app)


class User(UserMixin):
    id = "1"


@manager.user_loader
def load(name):
    return User() if name == "1" else None


@app.get("/login")
def login():
    login_user(User())
    return "welcome"


@app.get("/")
@login_required
def hello():
    return current_user.get_id()


client = app.test_client()
assert client.get("/").status_code == 401
client.get("/login")
assert client.get("/").text == "1"
