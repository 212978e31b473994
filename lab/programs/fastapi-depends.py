"""Hand a handler what it depends on, and clean up after it."""

# /// script
# dependencies = ["fastapi", "httpx"]
# ///

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
closed = []


def connection():
    yield "open"
    closed.append(True)


@app.get("/")
def hello(state: str = Depends(connection)):
    return {"connection": state}


assert TestClient(app).get("/").json() == {"connection": "open"}
assert closed == [True]
