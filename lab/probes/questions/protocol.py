# ruff: noqa: D400 - the docstring of a probe is a question
"""HTTP itself: methods, paths, queries, headers, connections."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

from lab.core.errors import NoAnswerError
from lab.probes.client import HOST
from lab.probes.probe import KIB, Finding, Subject, probe, size

SMALL_HEADER, LARGE_HEADER = 4 * KIB, 256 * KIB
"""A header that is to be taken, and one that is to be refused."""


@probe("ping")
def wrong_method(subject: Subject) -> Finding:
    """Is a method that a route does not have answered with 405 and an Allow header that names the one it has?"""
    answer = subject.ask("DELETE", "/ping")
    return Finding(answer.status == 405 and "GET" in answer.header("allow"), {"Allow": answer.header("allow")})


@probe("ping", server=("pass",))
def head(subject: Subject) -> Finding:
    """Is HEAD answered on a route that is declared for GET, with 200 and no body?"""
    with closing(HTTPConnection(HOST, subject.server.port, timeout=5)) as connection:
        answer = subject.exchange(connection, "HEAD", "/ping")
        then = subject.exchange(connection, "GET", "/ping")
    return Finding(answer.status == 200 and then.status == 200 and then.body == b"pong")


@probe("ping", server=("pass",))
def options(subject: Subject) -> Finding:
    """Is OPTIONS answered on a route that is declared for GET, with an Allow header?"""
    answer = subject.ask("OPTIONS", "/ping")
    return Finding(answer.good and "GET" in answer.header("allow"), {"Allow": answer.header("allow")})


@probe("ping", server=("pass",))
def trailing_slash(subject: Subject) -> Finding:
    """Does a path with a slash too many still lead to its route, by an answer or a redirect?"""
    answer = subject.get("/ping/")
    location = answer.header("location")
    direct = answer.status == 200 and answer.body == b"pong"
    redirected = answer.status in (301, 302, 307, 308) and location.endswith("/ping")
    return Finding(direct or redirected, {"Location": location} if location else {})


@probe("ping")
def unknown_path(subject: Subject) -> Finding:
    """Is a path that no route has answered with 404?"""
    return Finding(subject.get("/no-such-route").status == 404 and subject.get("/ping").body == b"pong")


@probe("query")
def repeated_query_keys(subject: Subject) -> Finding:
    """Are all values of a query key that is given twice at hand, in their order?"""
    return Finding(subject.get("/query?tag=a&tag=b").json == {"tag": ["a", "b"]})


@probe("path-text")
def encoded_path(subject: Subject) -> Finding:
    """Is a percent-encoded path parameter decoded once, as UTF-8?"""
    return Finding(subject.get("/text/caf%C3%A9%20%2541").json == {"value": "café %41"})


@probe("path-text", server=("fail",))
def encoded_slash(subject: Subject) -> Finding:
    """Does an encoded slash (%2F) stay inside its path parameter?"""
    return Finding(subject.get("/text/a%2Fb").json == {"value": "a/b"})


@probe("path-text", server=("fail",))
def path_not_utf8(subject: Subject) -> Finding:
    """Is a path parameter that is not UTF-8 (%FF) answered without a server error?"""
    usual, odd = subject.get("/text/plain"), subject.get("/text/%FF")
    return Finding(usual.json == {"value": "plain"} and odd.status < 500)


@probe("typed-path")
def typed_path(subject: Subject) -> Finding:
    """Is an integer in the path converted, and text in its place refused with 4xx?"""
    good, bad = subject.get("/number/7"), subject.get("/number/x")
    return Finding(good.status == 200 and good.json == {"value": 7} and bad.refused)


@probe("group")
def route_group(subject: Subject) -> Finding:
    """Is a route reached that is declared in a group mounted under a prefix?"""
    answer = subject.get("/group/ping")
    return Finding(answer.status == 200 and answer.body == b"pong")


@probe("ping", server=("pass",), taken=size(SMALL_HEADER), refused=size(LARGE_HEADER))
def header_limit(subject: Subject) -> Finding:
    """Is a header of 256 KiB refused, with 4xx or by closing the connection, while one of 4 KiB is taken?"""
    small = subject.get("/ping", {"X-Filler": "x" * SMALL_HEADER})
    try:
        refused = subject.get("/ping", {"X-Filler": "x" * LARGE_HEADER}).refused
    except NoAnswerError:
        refused = True
    passed = small.status == 200 and refused and subject.server.alive()
    return Finding(passed, withheld=small.status == 200 and not refused)


@probe("ping", server=("pass", "fail"))
def keep_alive(subject: Subject) -> Finding:
    """Are two requests answered on one connection?"""
    with closing(HTTPConnection(HOST, subject.server.port, timeout=5)) as connection:
        first = subject.exchange(connection, "GET", "/ping")
        kept = connection.sock
        second = subject.exchange(connection, "GET", "/ping")
        same = kept is not None and connection.sock is kept
    return Finding(first.body == second.body == b"pong" and same, {"same connection": same})
