"""Refuse a form without a CSRF token, and take it with one."""

# /// script
# dependencies = ["flask-wtf"]
# ///

import re

from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

app = Flask(__name__)
app.secret_key = "smoke"


class Form(FlaskForm):
    title = StringField(validators=[DataRequired()])


@app.route("/", methods=["GET", "POST"])
def hello():
    form = Form()
    return form.title.data if form.validate_on_submit() else render_template_string("{{ form.csrf_token }}", form=form)


client = app.test_client()
token = re.search('value="([^"]+)"', client.get("/").text)[1]
assert client.post("/", data={"title": "Dune"}).text != "Dune"
assert client.post("/", data={"title": "Dune", "csrf_token": token}).text == "Dune"
