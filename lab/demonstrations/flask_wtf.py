"""What Flask-WTF does when it is run: each function shows the claim in its docstring, or fails."""

# /// script
# dependencies = ["flask[async]"]
# ///

from flask import Flask
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect, generate_csrf
from wtforms import StringField
from wtforms.validators import DataRequired


class _Named(FlaskForm):
    name = StringField(validators=[DataRequired()])


def forms_work_in_async_views():
    """An async view validates a form; without a token CSRFProtect answers 400 before the view runs."""
    app = Flask("demonstrated")
    app.config.update(SECRET_KEY="demonstrated")
    CSRFProtect(app)
    ran = []

    @app.get("/token")
    async def token():
        return generate_csrf()

    @app.post("/")
    async def view():
        ran.append("view")
        return f"valid: {_Named().validate_on_submit()}"

    client = app.test_client()
    good = {"csrf_token": client.get("/token").text}
    assert client.post("/", data={"name": "Ada"}).status_code == 400
    assert ran == []
    assert client.post("/", data={"name": "Ada", **good}).text == "valid: True"
    assert client.post("/", data={"name": "", **good}).text == "valid: False"
