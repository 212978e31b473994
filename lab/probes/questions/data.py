# ruff: noqa: D400 - the docstring of a probe is a question
"""What comes in and goes out: JSON, validation, conversion, uploads, limits."""

from __future__ import annotations

import json
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any

from lab.core.errors import NoAnswerError
from lab.probes import client
from lab.probes.client import BYTES, HOST, JSON, Answer
from lab.probes.probe import KIB, MIB, Finding, Subject, limit, probe, size

SMALLEST_BODY, LARGEST_BODY = 1 * KIB, 40 * MIB
"""The first is to be taken; up to the second, bodies are sent whole."""
LARGEST_ANNOUNCED = 2560 * MIB
"""Up to this, bodies are announced, and only their beginning is sent."""
BEGINNING = 64 * KIB
UPLOAD = b"0123456789" * 10_000


def _item(subject: Subject, **fields: Any) -> Answer:
    return subject.post("/items", json.dumps(fields).encode(), JSON)


def _taken(answer: Answer, **fields: Any) -> bool:
    return answer.good and answer.json == fields


def _names_quantity(answer: Answer) -> bool:
    return answer.refused and answer.json is not None and "quantity" in answer.text


@probe("query")
def query_text(subject: Subject) -> Finding:
    """Are a plus sign and percent-encoded UTF-8 in a query decoded?"""
    return Finding(subject.get("/query?tag=a+b&tag=%C3%A9").json == {"tag": ["a b", "é"]})


@probe("typed-query")
def typed_query(subject: Subject) -> Finding:
    """Does the annotation of a handler's parameter convert a query value, and refuse a bad one with 4xx?"""
    good, bad = subject.get("/typed-query?number=7"), subject.get("/typed-query?number=x")
    return Finding(good.status == 200 and good.json == {"number": 7} and bad.refused)


@probe("json-body")
def malformed_json(subject: Subject) -> Finding:
    """Is a body that is not JSON answered with 4xx and no server error?"""
    good, again = (subject.post("/json", b'{"a": 1}', JSON) for _ in range(2))
    bad = subject.post("/json", b'{"a": ', JSON)
    del subject.exchanges[0]
    # What differs from visitor to visitor is not to be handed out twice.
    personal = set(good.cookies()) ^ set(again.cookies())
    mixed = not personal.isdisjoint(bad.cookies())
    return Finding(_taken(again, received={"a": 1}) and bad.refused, withheld=mixed)


@probe("json-body")
def wrong_content_type(subject: Subject) -> Finding:
    """Is a JSON body refused that calls itself text/plain?"""
    good = subject.post("/json", b'{"a": 1}', JSON)
    wrong = subject.post("/json", b'{"a": 1}', {"Content-Type": "text/plain"})
    return Finding(_taken(good, received={"a": 1}) and wrong.refused)


@probe("validation")
def validation(subject: Subject) -> Finding:
    """Is a body of the wrong shape refused with 4xx: a field missing, or of another type?"""
    good = _item(subject, name="a", quantity=3)
    wrong, short = _item(subject, name="a", quantity="many"), _item(subject, name="a")
    return Finding(_taken(good, name="a", quantity=3) and wrong.refused and short.refused)


@probe("validation")
def validation_error(subject: Subject) -> Finding:
    """Is the answer to a body of the wrong shape JSON that names the field?"""
    wrong, short = _item(subject, name="a", quantity="many"), _item(subject, name="a")
    return Finding(_names_quantity(wrong) and _names_quantity(short), {"content type": wrong.header("content-type")})


@probe("validation")
def string_for_integer(subject: Subject) -> Finding:
    """Is the text "5" refused where an integer is declared?"""
    good, text = _item(subject, name="a", quantity=5), _item(subject, name="a", quantity="5")
    return Finding(_taken(good, name="a", quantity=5) and text.refused)


@probe("validation")
def boolean_for_integer(subject: Subject) -> Finding:
    """Is true refused where an integer is declared?"""
    good, truth = _item(subject, name="a", quantity=5), _item(subject, name="a", quantity=True)
    return Finding(_taken(good, name="a", quantity=5) and truth.refused)


@probe("validation")
def float_for_integer(subject: Subject) -> Finding:
    """Is 5.0 taken for the integer 5, as JSON Schema counts it, and 5.5 refused?"""
    whole, broken = _item(subject, name="a", quantity=5.0), _item(subject, name="a", quantity=5.5)
    return Finding(_taken(whole, name="a", quantity=5) and broken.refused)


@probe("validation")
def unknown_field(subject: Subject) -> Finding:
    """Is a field that is not declared refused or left out of the validated object?"""
    good = _item(subject, name="a", quantity=5)
    more = _item(subject, name="a", quantity=5, extra="x")
    handled = more.refused or _taken(more, name="a", quantity=5)
    return Finding(_taken(good, name="a", quantity=5) and handled, {"refused": more.refused})


@probe("response-model")
def response_model(subject: Subject) -> Finding:
    """Is a field that the declared response does not have kept out of it?"""
    answer = subject.get("/model")
    return Finding(answer.status == 200 and answer.json == {"name": "a", "quantity": 1})


@probe("nan")
def nan(subject: Subject) -> Finding:
    """Is a JSON response with a value of NaN kept valid, as null or as an error?"""
    answer = subject.get("/nan")
    strict = "NaN" not in answer.text
    null = answer.status == 200 and answer.json == {"value": None}
    return Finding(strict and (null or answer.status == 500))


@probe("upload", file=f"{len(UPLOAD) // 1000} kB")
def file_upload(subject: Subject) -> Finding:
    """Is an uploaded file of 100 kB received whole, with its name?"""
    head = (
        b'--limit\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    )
    body = head + UPLOAD + b"\r\n--limit--\r\n"
    answer = subject.post("/upload", body, {"Content-Type": "multipart/form-data; boundary=limit"})
    return Finding(_taken(answer, name="a.txt", size=len(UPLOAD)))


def _accepts(subject: Subject, size: int) -> bool:
    try:
        answer = subject.ask("POST", "/length", bytes(size), BYTES, timeout=30)
    except NoAnswerError:
        return False
    return answer.good and answer.json == {"length": size}


def _refuses_announced(subject: Subject, size: int) -> bool:
    """Return whether a body of that size is refused when it is announced and only its beginning comes."""
    with closing(HTTPConnection(HOST, subject.server.port, timeout=1)) as connection:
        headers = {**BYTES, "Content-Length": str(size)}
        try:
            client.send(connection, "POST", "/length", bytes(BEGINNING), headers)
            return 400 <= connection.getresponse().status < 500
        except TimeoutError:
            return False
        except (HTTPException, OSError):
            return True


@probe(
    "body-length",
    server=("pass",),
    taken=size(SMALLEST_BODY),
    sent_whole_up_to=size(LARGEST_BODY),
    announced_up_to=size(LARGEST_ANNOUNCED),
)
def body_limit(subject: Subject) -> Finding:
    """Is a request body refused from some size on, by default?"""
    if not _accepts(subject, SMALLEST_BODY):
        return Finding(False, {"refused bytes": SMALLEST_BODY})
    if not _accepts(subject, LARGEST_BODY):
        server_error = subject.exchanges[-1].status.startswith("HTTP/1.1 5")
        low, high = limit(SMALLEST_BODY, LARGEST_BODY, 50, lambda size: _accepts(subject, size))
        figures = {"accepted bytes": low, "refused bytes": high}
        return Finding(not server_error and subject.server.alive(), figures)
    if not _refuses_announced(subject, LARGEST_ANNOUNCED):
        return Finding(False, {"accepted bytes": LARGEST_BODY, "announced and not refused bytes": LARGEST_ANNOUNCED})
    low, high = limit(LARGEST_BODY, LARGEST_ANNOUNCED, 10, lambda size: not _refuses_announced(subject, size))
    return Finding(
        subject.server.alive(), {"accepted bytes": LARGEST_BODY, "not refused bytes": low, "refused bytes": high}
    )
