"""What flask-vitals does when it is run: each function shows the claim in its docstring, or fails."""

import warnings

from flask import Flask
from flask_vitals import vitals


def async_checks_count_as_passed():
    """A check that is an async function is not awaited: it counts as passed, although its body would raise."""
    ran = []

    async def failing():
        ran.append("failing")
        raise RuntimeError("down")

    app = Flask("demonstrated")
    app.register_blueprint(vitals(checks={"failing": failing}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        response = app.test_client().get("/readyz")
    assert (response.status_code, response.json) == (200, {"ready": True, "checks": {"failing": True}})
    assert ran == []
