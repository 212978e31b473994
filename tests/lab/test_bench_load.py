"""The load of the benchmarks counts what was answered, and leaves out no latency."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest

from lab.bench import clock, load
from lab.bench.budget import Budget
from lab.bench.client import quantiles
from lab.bench.load import Pace, Target
from lab.bench.rounds import Run
from lab.bench.state import State
from lab.bench.workloads import Request
from lab.core.errors import FailedError
from lab.core.processes import free_port

WRK = """Running 1s test @ http://127.0.0.1:20000/json
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.02ms  210.11us   4.10ms   92.10%
    Req/Sec    15.70k     0.90k   16.60k    90.91%
  17212 requests in 1.10s, 2.45MB read
{more}Requests/sec:  15650.10
Transfer/sec:      2.23MB
"""
GET = Request(method="GET", path="/json")


def test_wrk_is_read():
    found = load.read_wrk(WRK.format(more=""))
    assert (found.requests, found.seconds) == (17212, 1.1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("  Non-2xx or 3xx responses: 12\n", "12 of 17212 answers had another status"),
        (
            "  Socket errors: connect 0, read 3, write 0, timeout 1\n",
            "connections broke: 0 connecting, 3 reading, 0 writing, 1 late",
        ),
    ],
)
def test_what_wrk_complains_of_is_no_count(more, message):
    with pytest.raises(FailedError, match=message):
        load.read_wrk(WRK.format(more=more))


def test_a_refusal_is_right_where_it_is_expected():
    assert load.read_wrk(WRK.format(more="  Non-2xx or 3xx responses: 17212\n"), refused=True).requests == 17212
    with pytest.raises(FailedError, match="17212 of 17212"):
        load.read_wrk(WRK.format(more=""), refused=True)
    with pytest.raises(FailedError, match="no request was answered"):
        load.read_wrk("")


def test_a_request_is_written_for_wrk_and_for_http():
    request = Request(method="POST", path="/a", body=b'{"x":\n\xff1}', headers={"Content-Type": "a/b"})
    assert load.lua(request).splitlines() == [
        'wrk.method = "POST"', 'wrk.headers["Content-Type"] = "a/b"', 'wrk.body = "{\\034x\\034:\\010\\2551}"',
    ]  # fmt: skip
    head, _, body = load.raw(request, 80).partition(b"\r\n\r\n")
    assert body == request.body
    assert head.splitlines() == [
        b"POST /a HTTP/1.1", b"Host: 127.0.0.1:80", b"Content-Type: a/b", b"Content-Length: 9",
    ]  # fmt: skip


def test_quantiles_are_the_least_that_so_many_keep_to():
    assert quantiles([number / 1000 for number in range(1, 101)]) == {"50": 50.0, "90": 90.0, "99": 99.0}
    assert quantiles([0.004]) == {"50": 4.0, "90": 4.0, "99": 4.0}


@contextmanager
def server(*, stall=0.0, status=b"200 OK"):
    """Serve HTTP in a thread; the server answers nobody for `stall` seconds from its first second on."""
    loop, port, ready = asyncio.new_event_loop(), free_port(), threading.Event()

    async def answer(reader, writer):
        while await reader.readline():
            while await reader.readline() not in (b"\r\n", b""):
                pass
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()
        writer.close()

    async def serve():
        await asyncio.start_server(answer, "127.0.0.1", port, backlog=200)
        if stall:
            loop.call_later(1.5, time.sleep, stall)
        ready.set()

    def run():
        """Run until the test ends: a loop may only be run in a thread that runs no other."""
        loop.create_task(serve())
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def test_a_fixed_rate_leaves_out_no_latency(tmp_path):
    """The server stalls for one of four seconds: a quarter of the requests were due then, and waited half of it.

    On a busy machine a part of the stall may lie outside; who leaves it out never sees it, in none of three turns.
    """
    turns = []
    for _ in range(3):
        with server(stall=1.0) as port:
            turns.append(load.steady(Target(port=port, folder=tmp_path), GET, 200, Pace(rate=100, seconds=4)))
        if turns[-1].latency["90"] > 400:
            break
    found = max(turns, key=lambda turn: turn.latency["90"])
    assert found.requests == 400
    assert found.latency["90"] > 400
    assert found.latency["50"] < found.latency["90"] < found.latency["99"]


def test_another_status_fails_at_a_fixed_rate(tmp_path):
    with server(status=b"500 Oh") as port, pytest.raises(FailedError, match="had no answer"):
        load.steady(Target(port=port, folder=tmp_path), GET, 200, Pace(rate=20, seconds=0.5, connections=2))


def test_connections_are_held_while_the_block_runs():
    with server() as port:
        with load.held(port, GET, 20) as kept:
            assert kept == 20
        with load.held(port, GET, 0) as kept:
            assert kept == 0


BURN = """
import os, sys, time
if os.fork() == 0:
    while time.process_time() < 0.4:
        pass
    print("burnt", flush=True)
    time.sleep(60)
time.sleep(60)
"""


def test_the_clock_counts_the_children_of_the_server():
    process = subprocess.Popen([sys.executable, "-c", BURN], stdout=subprocess.PIPE, start_new_session=True)
    try:
        before = clock.read(process.pid)
        process.stdout.readline()
        spent = clock.between(before, clock.read(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert spent.server == pytest.approx(0.4, abs=0.1)
    assert spent.load < 0.5
    assert spent.foreign >= 0


def test_the_load_is_this_process_and_its_ended_children():
    before = clock.read(0)
    subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.3: pass"], check=True)
    spent = clock.between(before, clock.read(0))
    assert spent.load * spent.seconds == pytest.approx(0.3, abs=0.1)
    assert spent.server == 0


def test_a_run_goes_on_after_an_interruption(tmp_path):
    folder = tmp_path / "run"
    first = State({"minutes": 5}, folder)
    first.keep("core 0 flask 0", "visit", {"stack": "flask"}, 7.5)
    with (folder / "steps.jsonl").open("a") as file:
        file.write('{"key": "core 0 dja')
    second = State({"minutes": 5}, folder)
    assert second.continued
    assert (second.spent, second.began, second.records("visit")) == (7.5, first.began, [{"stack": "flask"}])
    assert not State({"minutes": 9}, folder).continued
    assert not State({"minutes": 9}, folder, fresh=True).done


def test_the_settings_of_the_database_outlast_an_interruption(tmp_path):
    State({}, tmp_path / "run").keep("settings", "settings", {"fsync": "off"}, 0.0)
    state = State({}, tmp_path / "run")
    with ExitStack() as resources:
        run = Run(
            stacks=[], environments={}, parts={}, counted=(), repeats=1, state=state, budget=Budget(5), seed=1,
            resources=resources,
        )  # fmt: skip
        assert run.settings == {"fsync": "off"}


def test_the_time_is_kept_and_learned():
    budget = Budget(100)
    assert budget.fits("core", 100)
    budget.took("core", 10, 20)
    assert budget.expected("core", 10) == 20
    assert budget.fits("core", 40)
    assert not budget.fits("core", 41)
    assert budget.expected("memory", 10) == 10
    budget.planned = 30
    assert budget.left("core") == 60
    budget.took("core", 10, 20)
    assert budget.left("core") == 40


STANDS_IN = """
import signal, sys, time
print("begun", flush=True)
signal.signal(signal.SIGINT, {handler})
time.sleep(30)
"""
"""A program in place of wrk, which says what it counted when it is interrupted, or does not care."""


@pytest.fixture
def measured(monkeypatch, tmp_path):
    """Return a function that lets the program stand in for wrk, for half a second."""
    monkeypatch.setattr(load, "GRACE", 1.0)

    def measure(handler):
        program = STANDS_IN.format(handler=handler)
        monkeypatch.setattr(load, "_wrk", lambda *_: [sys.executable, "-c", program])
        return load.wrk(Target(port=1, folder=tmp_path), GET, 1, 0.5)

    return measure


def test_wrk_is_interrupted_and_still_says_what_it_counted(measured):
    said = WRK.format(more="")
    assert measured(f"lambda *_: (print({said!r}), sys.exit(0))") == load.read_wrk(said)


def test_wrk_that_does_not_end_is_killed(measured, monkeypatch):
    begun = []
    begin = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **named: begun.append(begin(*given, **named)) or begun[-1])
    with pytest.raises(subprocess.TimeoutExpired):
        measured("signal.SIG_IGN")
    assert begun[0].returncode == -signal.SIGKILL
