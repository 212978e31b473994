# ruff: noqa: D400 - the docstring of a probe is a question
"""What is protected by default."""

from __future__ import annotations

import re

from lab.core.errors import NoAnswerError
from lab.probes.client import FORM, Answer
from lab.probes.kit import CONFIDENTIAL, FILES, FRIEND, STATIC
from lab.probes.probe import Finding, Subject, probe

FOREIGN = "https://foreign.example"
BEHIND_TLS = {"X-Forwarded-Proto": "https"}
"""What a proxy that ends TLS adds. Some frameworks set secure cookies only if they trust that there is one."""
SECURITY_HEADERS = (
    *("content-security-policy", "cross-origin-opener-policy", "permissions-policy", "referrer-policy"),
    *("strict-transport-security", "x-content-type-options", "x-frame-options"),
)
TRAVERSALS = (
    *("../outside.txt", "%2e%2e/outside.txt", "..%2foutside.txt", "%2e%2e%2foutside.txt", "..%5coutside.txt"),
    *("....//outside.txt", "%252e%252e%252foutside.txt", "hello.txt/../../outside.txt", "/../outside.txt"),
)


@probe("error", "ping")
def uncaught_error(subject: Subject) -> Finding:
    """Is an uncaught error answered with 500, without its message or a traceback, and does the server go on?"""
    answer = subject.get("/error")
    leaks = [word for word in (CONFIDENTIAL, "Traceback", 'File "', "node_modules") if word in answer.text]
    goes_on = subject.server.alive()
    return Finding(answer.status == 500 and not leaks and goes_on, {"leaks": leaks, "goes on": goes_on})


@probe("template")
def template(subject: Subject) -> Finding:
    """Is a page rendered from a template file with a value?"""
    answer = subject.get("/template?name=Ada")
    return Finding(
        answer.status == 200 and "Hello, Ada!" in answer.text and "text/html" in answer.header("content-type")
    )


@probe("template")
def template_escaping(subject: Subject) -> Finding:
    """Is markup in a value escaped when a template puts it into a page?"""
    answer = subject.get("/template?name=%3Cscript%3E1%3C%2Fscript%3E")
    return Finding(answer.status == 200 and "&lt;script" in answer.text and "<script>" not in answer.text)


def _session_cookies(answer: Answer) -> list[str]:
    """Return the cookies that are set, without those of a CSRF check."""
    return [cookie for cookie in answer.cookies() if not re.match(r"(?i)[^=]*(csrf|xsrf)", cookie)]


@probe("session")
def session(subject: Subject) -> Finding:
    """Does a session begin with a cookie, and is the request that brings it back answered?"""
    first = subject.get("/session", BEHIND_TLS)
    cookie = "; ".join(value.split(";")[0] for value in _session_cookies(first))
    again = subject.get("/session", {**BEHIND_TLS, "Cookie": cookie})
    return Finding(len(cookie) > 3 and first.json == again.json == {"user": "1"})


@probe("session")
def session_cookie(subject: Subject) -> Finding:
    """Is the session cookie HttpOnly, SameSite and Secure?"""
    cookies = _session_cookies(subject.get("/session", BEHIND_TLS))
    flags = [{part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]} for cookie in cookies]
    wanted = ("HttpOnly", "SameSite", "Secure")
    found = max(([name for name in wanted if name.lower() in one] for one in flags), key=len, default=[])
    return Finding(len(found) == len(wanted), {"flags": found})


@probe("form")
def csrf(subject: Subject) -> Finding:
    """Is a form posted from a foreign page, without a token, refused with 403, or with 400 that says why?"""
    before = subject.get("/ping")
    # A check that is tied to a session does nothing without one.
    within = subject.get("/session", BEHIND_TLS) if "session" in subject.values else before
    cookies = {value.split("=")[0]: value.split(";")[0] for value in (*before.cookies(), *within.cookies())}
    cookie = "; ".join(cookies.values())
    headers = {**FORM, "Origin": FOREIGN, "Referer": f"{FOREIGN}/page", "Sec-Fetch-Site": "cross-site"}
    answer = subject.post("/form", b"a=1", {**headers, "Cookie": cookie} if cookie else headers)
    says_why = any(word in f"{answer.reason} {answer.text}".lower() for word in ("csrf", "xsrf", "token", "origin"))
    refused = answer.status == 403 or (answer.status == 400 and says_why)
    return Finding(before.status == 200 and refused, {"session cookie sent": bool(_session_cookies(within))})


@probe("ping", server=("pass",))
def host_check(subject: Subject) -> Finding:
    """Is a request with an unknown Host header refused with 4xx?"""
    known, unknown = subject.get("/ping"), subject.get("/ping", {"Host": "foreign.example"})
    return Finding(known.status == 200 and unknown.refused)


@probe("ping", server=("pass",))
def security_headers(subject: Subject) -> Finding:
    """Does an ordinary response carry X-Content-Type-Options, X-Frame-Options or a Content-Security-Policy?"""
    answer = subject.get("/ping")
    found = [name for name in SECURITY_HEADERS if answer.header(name)]
    wanted = {"content-security-policy", "x-content-type-options", "x-frame-options"}
    return Finding(answer.status == 200 and not wanted.isdisjoint(found), {"present": found})


@probe("static")
def static_file(subject: Subject) -> Finding:
    """Is a file of the static folder served, with a content type?"""
    answer = subject.get("/static/hello.txt")
    whole = answer.body == (STATIC / "hello.txt").read_bytes()
    return Finding(answer.status == 200 and whole and "text/plain" in answer.header("content-type"))


@probe("static")
def static_not_modified(subject: Subject) -> Finding:
    """Is a static file that the client has already answered with 304?"""
    first = subject.get("/static/hello.txt")
    known = {"If-None-Match": first.header("etag"), "If-Modified-Since": first.header("last-modified")}
    again = [subject.get("/static/hello.txt", {name: value}).status for name, value in known.items() if value]
    return Finding(first.status == 200 and 304 in again)


@probe("static")
def static_traversal(subject: Subject) -> Finding:
    """Is a file beside the static folder kept back, however the path to it is written?"""
    served = subject.get("/static/hello.txt")
    outside = (FILES / "outside.txt").read_bytes().strip()
    reached, errors = 0, 0
    for path in TRAVERSALS:
        try:
            answer = subject.get(f"/static/{path}")
        except NoAnswerError:
            continue
        reached += outside in answer.body
        errors += answer.status >= 500
    passed = served.status == 200 and not reached
    return Finding(passed, {"paths tried": len(TRAVERSALS), "server errors": errors}, withheld=bool(reached))


@probe("cors")
def cors(subject: Subject) -> Finding:
    """Is a preflight request of an allowed origin granted, and that of another origin not?"""
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "content-type"}
    friend = subject.ask("OPTIONS", "/ping", headers={"Origin": FRIEND, **asked})
    foreign = subject.ask("OPTIONS", "/ping", headers={"Origin": FOREIGN, **asked})
    granted = friend.good and friend.header("access-control-allow-origin") == FRIEND
    return Finding(granted and foreign.header("access-control-allow-origin") not in (FOREIGN, "*"))
