import os
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from http.client import HTTPConnection
from importlib import reload

from bookapi import production
from fastapi.testclient import TestClient

ORIGIN = {"Origin": "https://yourdomain.com"}


def test_it_starts_and_tells_that_it_is_well():
    with TestClient(production.app) as client:
        response = client.get("/health", headers=ORIGIN)
    assert response.json()["status"] == "healthy"
    assert datetime.fromisoformat(response.json()["timestamp"]).utcoffset() == timedelta(0)
    assert response.headers["access-control-allow-origin"] == ORIGIN["Origin"]


def test_another_origin_is_not_allowed():
    with TestClient(production.app) as client:
        response = client.get("/health", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in response.headers


def test_the_pool_is_closed_at_the_end(monkeypatch):
    closed = []
    monkeypatch.setattr(type(production.engine), "dispose", lambda self: _note(closed))
    with TestClient(production.app):
        assert closed == []
    assert closed == [1]


async def _note(closed):
    closed.append(1)


def test_in_production_nothing_shows_the_documentation(monkeypatch):
    monkeypatch.setenv("ENVIRONMENT", "production")
    with TestClient(reload(production).app) as client:
        assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404] * 3
    monkeypatch.delenv("ENVIRONMENT")
    reload(production)


def test_uvicorn_serves_it_with_workers():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "error::DeprecationWarning", "-m", "uvicorn", "bookapi.production:app"]
    process = subprocess.Popen([*command, "--workers", "2", "--port", str(port)], env=os.environ)
    try:
        assert _status(port) == 200
    finally:
        process.terminate()
        process.wait(20)


def _status(port):
    for _ in range(200):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    return None
