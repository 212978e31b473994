"""Count a request."""

# /// script
# dependencies = ["prometheus-fastapi-instrumentator", "fastapi", "httpx"]
# ///

from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_fastapi_instrumentator import Instrumentator

app = FastAPI()


@app.get("/")
def hello():
    return {"hello": "world"}


Instrumentator().instrument(app).expose(app)
client = TestClient(app)
client.get("/")
assert 'http_requests_total{handler="/",method="GET",status="2xx"} 1.0' in client.get("/metrics").text
