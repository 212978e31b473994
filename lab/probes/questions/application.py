# ruff: noqa: D400 - the docstring of a probe is a question
"""What comes with the framework: API documents, dependencies, the test client, the command line."""

from __future__ import annotations

import subprocess

from lab.probes.probe import Finding, NotPresentError, Subject, probe
from macros.schema.measured.probes import Exchange

READERS = ("swagger", "redoc", "scalar", "rapidoc", "elements", "django rest framework")
"""Words that such a page has in it; the last is that of the browsable API."""


@probe("openapi")
def openapi(subject: Subject) -> Finding:
    """Is an OpenAPI 3 document served as valid JSON, with the application's routes?"""
    answer = subject.get(subject.values["openapi"])
    document = answer.json if isinstance(answer.json, dict) else {}
    paths = list(document.get("paths", {}))
    named = any(path.rstrip("/") in ("/ping", "/items", "/query") for path in paths)
    version = str(document.get("openapi", ""))
    passed = answer.status == 200 and version.startswith("3.") and named
    return Finding(passed, {"version": version, "paths": len(paths), "bytes": len(answer.body)})


@probe("docs-ui")
def docs_page(subject: Subject) -> Finding:
    """Is an HTML page served on which the API can be read and tried?"""
    answer = subject.get(subject.values["docs-ui"])
    subject.exchanges.clear()
    subject.record(Exchange(request=f"GET {subject.values['docs-ui']}", status=answer.line))
    readers = [name for name in READERS if name in answer.text.lower()]
    html = answer.header("content-type").startswith("text/html")
    return Finding(answer.status == 200 and html and bool(readers), {"readers": readers, "bytes": len(answer.body)})


@probe("injection")
def dependency_injection(subject: Subject) -> Finding:
    """Is a declared dependency provided to the handler?"""
    answer = subject.get("/injected")
    return Finding(answer.status == 200 and answer.json == {"value": "provided"})


@probe("test-client")
def test_client(subject: Subject) -> Finding:
    """Does the framework's test client get an answer from the application in its own process?"""
    value = subject.values["test-client"]
    passed = isinstance(value, list) and value == [200, "pong"]
    return Finding(passed, {"answer": str(value)})


@probe("command-line")
def command_line(subject: Subject) -> Finding:
    """Does the framework's own command-line tool explain itself with --help?"""
    command = [str(part) for part in subject.values["command-line"]]
    server = subject.server
    try:
        done = subprocess.run(
            command,
            cwd=server.workspace,
            env=server.variables(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotPresentError(f"The environment has no command {command[0]}.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(False, {"command": " ".join(command), "error": type(error).__name__})
    said = done.stdout or done.stderr
    explains = any(word in said.lower() for word in ("usage", "commands", "options"))
    shown = Exchange(request=" ".join(command), status=f"exit status {done.returncode}", body=said[:400])
    subject.record(shown)
    return Finding(done.returncode == 0 and explains and len(said.splitlines()) >= 3, {"lines": len(said.splitlines())})
