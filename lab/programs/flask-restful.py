"""Answer with a resource class, and refuse a method."""

# /// script
# dependencies = ["flask-restful"]
# ///

from flask import Flask
from flask_restful import Api, Resource

app = Flask(__name__)
api = Api(app)


class Hello(Resource):
    def get(self):
        return {"hello": "world"}


api.add_resource(Hello, "/")
client = app.test_client()
assert client.get("/").get_json() == {"hello": "world"}
assert client.post("/").status_code == 405
