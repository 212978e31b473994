"""What Flask-RESTful does when it is run: each function shows the claim in its docstring, or fails."""

from flask import Flask, got_request_exception
from flask_restful import Api, Resource, reqparse


def async_methods_are_not_awaited():
    """The response of a resource's async method is 500: the coroutine is not awaited and cannot be turned into JSON."""
    app = Flask("demonstrated")
    api = Api(app)
    errors = []

    @api.resource("/")
    class Answer(Resource):
        async def get(self):
            return {"answer": 42}

    def note(_, exception):
        errors.append(str(exception))

    app.logger.disabled = True
    with got_request_exception.connected_to(note, app):
        assert app.test_client().get("/").status_code == 500
    assert errors == ["Object of type coroutine is not JSON serializable"]


def forms_need_a_location():
    """A parser answers a form with 415, unless its argument has location="form"."""
    app = Flask("demonstrated")
    api = Api(app)
    anywhere, in_form = reqparse.RequestParser(), reqparse.RequestParser()
    anywhere.add_argument("name")
    in_form.add_argument("name", location="form")

    @api.resource("/anywhere", resource_class_args=(anywhere,), endpoint="anywhere")
    @api.resource("/in-form", resource_class_args=(in_form,), endpoint="in-form")
    class Named(Resource):
        def __init__(self, parser):
            self.parser = parser

        def post(self):
            return self.parser.parse_args()["name"]

    client = app.test_client()
    assert client.post("/anywhere", data={"name": "Ada"}).status_code == 415
    assert client.post("/in-form", data={"name": "Ada"}).json == "Ada"
