"""Tell a healthy application from one that is not ready."""

# /// script
# dependencies = ["flask-vitals"]
# ///

from flask import Flask
from flask_vitals import vitals

state = {"db": True}
app = Flask(__name__)
app.register_blueprint(vitals(checks={"db": lambda: state["db"]}))
client = app.test_client()
assert client.get("/healthz").status_code == 200
assert client.get("/readyz").get_json() == {"ready": True, "checks": {"db": True}}
state["db"] = False
assert client.get("/readyz").status_code == 503
