"""The OpenAPI document: whether it describes every address, and every answer that generated requests get."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from lab.books.suite.conftest import client_of, token

OPERATIONS = {
    "/api/books": {"get", "post"},
    "/api/books/{}": {"get", "patch", "delete"},
    "/api/books/import": {"post"},
    "/api/books.csv": {"get"},
    "/api/authors": {"get"},
    "/api/statistics": {"get"},
    "/api/token": {"post"},
}
STATUSES = {
    ("/api/books", "get"): {"200", "422"},
    ("/api/books", "post"): {"201", "401", "409", "422"},
    ("/api/books/{}", "get"): {"200", "404"},
    ("/api/books/{}", "patch"): {"200", "401", "404", "409", "422"},
    ("/api/books/{}", "delete"): {"204", "401", "404"},
    ("/api/books/import", "post"): {"201", "401", "422"},
    ("/api/token", "post"): {"200", "401"},
}
METHODS = {"get", "put", "post", "delete", "patch"}
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = 12
"""Requests that are generated for each operation and each kind of test."""


@pytest.fixture
def document(client):
    found = client.get("/openapi.json").json()
    validate(found)
    return found


@pytest.fixture
def operations(document):
    """Return the operations by path, in which {} stands for a parameter, and method."""
    paths = {re.sub(r"\{[^}]*\}", "{}", path): given for path, given in document["paths"].items()}
    return {(path, method): given[method] for path, given in paths.items() for method in METHODS & set(given)}


@pytest.mark.item("openapi")
def test_the_document_describes_the_books(document):
    assert document["openapi"].startswith("3.")
    books = document["paths"]["/api/books"]
    body = json.dumps(resolved(document, books["post"]["requestBody"]))
    assert all(f'"{field}"' in body for field in ("title", "isbn", "published", "pages", "author_id"))
    schemes = document["components"]["securitySchemes"].values()
    assert any(scheme.get("type") == "http" and scheme.get("scheme", "").lower() == "bearer" for scheme in schemes)
    assert books["post"].get("security") or document.get("security")


@pytest.mark.item("openapi")
def test_the_document_has_every_address_and_method(operations):
    wanted = {(path, method) for path, methods in OPERATIONS.items() for method in methods}
    assert not sorted(wanted - set(operations))


@pytest.mark.item("openapi")
def test_the_document_has_the_answers_of_every_operation(operations):
    missing = {f"{method} {path}": sorted(statuses - set(operations[path, method]["responses"]))
               for (path, method), statuses in STATUSES.items()
               if statuses - set(operations[path, method]["responses"])}  # fmt: skip
    assert not missing


@pytest.mark.item("openapi")
def test_generated_requests_get_what_the_document_says(serve, tmp_path):
    own = serve()
    with client_of(own) as reader:
        file = tmp_path / "openapi.json"
        file.write_text(reader.get("/openapi.json").text, encoding="utf-8")
    command = [Path(sys.executable).with_name("schemathesis"), "run", file, "--url", own.url, "--checks", CHECKS,
               "--header", f"Authorization: Bearer {token()}", "--include-path-regex", "^/api/",
               "--max-examples", str(EXAMPLES), "--seed", "1", "--no-color", "--request-timeout", "20",
               "--phases", "examples,coverage,fuzzing", "--generation-database", "none"]  # fmt: skip
    done = subprocess.run([*map(str, command)], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, faults_in(done.stdout) or f"{done.stdout[-600:]}{done.stderr[-300:]}"


def faults_in(said: str) -> str:
    """Return what the generator complains of, as one line for each operation and each complaint."""
    found = re.findall(r"^_+ ([A-Z]+ \S+) _+$|^- (.+)$|^\[(\d{3})\] (.+):$", said, re.MULTILINE)
    return "; ".join(dict.fromkeys(" ".join(filter(None, parts)) for parts in found))


def resolved(document: dict[str, object], part: object, depth: int = 12) -> object:
    """Return a part of the document with its references followed."""
    if depth == 0:
        return part
    if isinstance(part, list):
        return [resolved(document, item, depth - 1) for item in part]
    if not isinstance(part, dict):
        return part
    if reference := part.get("$ref"):
        found: object = document
        for step in str(reference).removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]  # type: ignore[index]
        return resolved(document, found, depth - 1)
    return {name: resolved(document, value, depth - 1) for name, value in part.items()}


@pytest.mark.absence("openapi")
@pytest.mark.parametrize(
    "path", ["/openapi.json", "/openapi", "/docs", "/schema", "/schema/openapi.json", "/swagger.json"]
)
def test_there_is_no_document(client, path):
    assert client.get(path).status_code == 404
