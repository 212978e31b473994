# ruff: noqa: D400 - the docstring of a probe is a question
"""Several things at once: async and blocking handlers, background work, start and stop."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

from lab.core.errors import NoAnswerError
from lab.probes.client import Answer
from lab.probes.probe import Finding, Subject, probe
from lab.probes.work import BLOCK, PAUSE, WORK

REQUESTS = 20
ATTEMPTS = 5
"""How often a request is begun until one is in flight."""
PAUSED_AT_MOST, SHARED_AT_MOST, OTHER_AT_MOST, RESPONSE_AT_MOST, STOPPED_AT_MOST = 0.6, 1, 0.2, 0.3, 6
"""Seconds within which a probe wants its answer."""


@probe("async-sleep", attempts=3, waits=f"{PAUSE} s", answered_within=f"{PAUSED_AT_MOST} s")
def async_handler(subject: Subject) -> Finding:
    """Does an async handler answer that waits 0.3 s?"""
    answer = subject.get("/async-sleep")
    return Finding(
        answer.status == 200 and answer.json == {"slept": True} and PAUSE - 0.02 <= answer.seconds < PAUSED_AT_MOST
    )


@probe(
    "async-sleep",
    attempts=3,
    server=("fail",),
    requests=REQUESTS,
    each_waits=f"{PAUSE} s",
    all_answered_within=f"{SHARED_AT_MOST} s",
)
def async_concurrency(subject: Subject) -> Finding:
    """Do 20 requests to an async handler that waits 0.3 s share the time, in less than 1 s?"""
    begun = time.perf_counter()
    with ThreadPoolExecutor(REQUESTS) as pool:
        answers = list(pool.map(lambda _: subject.get("/async-sleep"), range(REQUESTS)))
    seconds = time.perf_counter() - begun
    del subject.exchanges[1:]
    right = [answer for answer in answers if answer.status == 200 and answer.json == {"slept": True}]
    waited = all(answer.seconds >= PAUSE - 0.02 for answer in answers)
    figures = {"requests": REQUESTS, "answered": len(right), "seconds": round(seconds, 3)}
    return Finding(len(right) == REQUESTS and waited and seconds < SHARED_AT_MOST, figures)


@probe(
    "blocking-sleep",
    attempts=3,
    server=("pass",),
    blocks=f"{BLOCK} s",
    other_answered_within=f"{OTHER_AT_MOST} s",
)
def blocking_isolation(subject: Subject) -> Finding:
    """While a handler blocks for 0.5 s, is another request answered within 0.2 s?"""
    with ThreadPoolExecutor(1) as pool:
        blocked = pool.submit(subject.get, "/blocking-sleep")
        time.sleep(0.1)
        other = subject.get("/ping")
        first = blocked.result()
    blocking = first.status == 200 and first.json == {"slept": True} and first.seconds >= BLOCK - 0.05
    figures = {"blocked seconds": round(first.seconds, 3), "other seconds": round(other.seconds, 3)}
    mixed = first.body == b"pong" or other.json == {"slept": True}
    return Finding(blocking and other.body == b"pong" and other.seconds < OTHER_AT_MOST, figures, withheld=mixed)


@probe("background", attempts=2, works=f"{WORK} s", answered_within=f"{RESPONSE_AT_MOST} s")
def background_task(subject: Subject) -> Finding:
    """Does work of 0.4 s go on after the response, which comes within 0.3 s?"""
    before = len(subject.server.events("background-done"))
    answer = subject.get("/background")
    answered = time.time()
    until = time.monotonic() + 2
    while len(done := subject.server.events("background-done")) == before and time.monotonic() < until:
        time.sleep(0.05)
    later = done[before] - answered if len(done) > before else None
    passed = answer.good and answer.json == {"started": True} and answer.seconds < RESPONSE_AT_MOST
    figures = {"response seconds": round(answer.seconds, 3), "done after seconds": later and round(later, 3)}
    return Finding(passed and later is not None and later > 0, figures)


def _slow_route(subject: Subject) -> str:
    """Return a slow route: the async one, if it works."""
    works = "async-sleep" in subject.values and subject.get("/async-sleep").status == 200
    return "/async-sleep" if works else "/blocking-sleep"


def _in_flight(subject: Subject, pool: ThreadPoolExecutor) -> Future[Answer]:
    """Return a slow request that has begun: another one if it ends before this busy machine comes back to it."""
    route = _slow_route(subject)

    def request() -> Answer:
        try:
            return subject.get(route)
        finally:
            subject.server.last_answer = time.time()

    for _ in range(ATTEMPTS):
        flying = pool.submit(request)
        time.sleep(0.1)
        if not flying.done():
            break
        subject.exchanges.clear()
    return flying


@probe(
    either=("async-sleep", "blocking-sleep"),
    when="stopping",
    server=("pass", "fail"),
    ends_within=f"{STOPPED_AT_MOST} s",
)
def graceful_shutdown(subject: Subject) -> Finding:
    """Is a request in flight answered after SIGTERM, and does the server then end within 6 s?"""
    with ThreadPoolExecutor(1) as pool:
        flying = _in_flight(subject, pool)
        asked = time.monotonic()
        in_flight = not flying.done()
        subject.server.terminate()
        try:
            answered = flying.result().json == {"slept": True}
        except NoAnswerError:
            answered = False
    status = subject.server.wait(STOPPED_AT_MOST)
    figures = {
        "in flight": in_flight,
        "answered": answered,
        "exit status": status,
        "seconds": round(time.monotonic() - asked, 2),
    }
    return Finding(in_flight and answered and status is not None, figures)


@probe("lifespan", when="stopped")
def lifespan(subject: Subject) -> Finding:
    """Does the start hook run once before the first request, and the stop hook once after the last?"""
    starts, stops = subject.server.events("lifespan-start"), subject.server.events("lifespan-stop")
    figures = {"starts": len(starts), "stops": len(stops)}
    if len(starts) != 1 or len(stops) != 1:
        return Finding(False, figures)
    before, after = subject.server.first_answer - starts[0], stops[0] - subject.server.last_answer
    times = {"start before first answer seconds": round(before, 3), "stop after last answer seconds": round(after, 3)}
    return Finding(before > 0 and after > -0.1, {**figures, **times})
