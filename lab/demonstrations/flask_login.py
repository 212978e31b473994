"""What Flask-Login does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["flask[async]"]
# ///

from flask import Flask
from flask_login import FlaskLoginClient, LoginManager, UserMixin, login_required


class _User(UserMixin):
    id = "ada"


def async_loaders_are_not_awaited():
    """login_required guards an async view; with an async user_loader the user is a coroutine, and the request fails."""
    app = Flask("demonstrated")
    app.config.update(SECRET_KEY="demonstrated")
    app.test_client_class = FlaskLoginClient
    manager = LoginManager(app)

    @app.get("/")
    @login_required
    async def view():
        return "guarded"

    manager.user_loader(lambda name: _User())
    assert app.test_client().get("/").status_code == 401
    assert app.test_client(user=_User()).get("/").text == "guarded"

    @manager.user_loader
    async def load(name):
        return _User()

    app.testing = True
    try:
        app.test_client(user=_User()).get("/")
    except AttributeError as error:
        assert "'coroutine' object has no attribute 'is_authenticated'" in str(error)
    else:
        raise AssertionError("the request did not fail")
