"""The pace of the processor: it is read, a window that was slowed is measured again, and counts for nothing."""

import sys
from contextlib import ExitStack
from types import SimpleNamespace

import pytest

from lab.bench import clock, load, pace, results, visits
from lab.bench.pace import Pace
from lab.bench.plan import Task
from lab.bench.workloads import WORKLOADS
from lab.core.errors import FailedError
from macros.catalog.benchmarks import PROTOCOL
from macros.schema.measured.benchmarks import Visit, Window
from tests.results import EXAMPLES


def test_a_reading_is_the_time_of_a_piece_and_the_least_is_kept():
    with Pace(first=2) as reader:
        first = reader.fastest
        readings = [reader.read() for _ in range(3)]
    assert all(0.1 < reading < 1000 for reading in readings)
    assert reader.fastest == min(first, *readings)


def test_another_core_works_as_long_as_the_pace_is_read(monkeypatch):
    asked = []
    monkeypatch.setattr(pace, "_ask", lambda process, pieces: asked.append((process.args[0], pieces)))
    monkeypatch.setattr(pace, "_said", lambda process: {"env": 10.0, "nice": 1.0}[process.args[0]])
    with Pace(["env"], ["nice"], first=0) as both:
        assert both.read() == 10.0
    assert asked == [("nice", pace.MORE), ("env", pace.PIECES)]
    assert pace.MORE > pace.PIECES


def test_a_reader_that_has_ended_is_reported():
    with ExitStack() as stack:
        reader = stack.enter_context(Pace([sys.executable, "-c", "pass"], first=0))
        with pytest.raises(FailedError, match="has ended"):
            [reader.read() for _ in range(2)]
    with pytest.raises(FailedError):
        Pace().read()


class Read(Pace):
    """A pace whose readings are given."""

    def __init__(self, *readings):
        super().__init__()
        self.given = list(readings)

    def read(self):
        reading = self.given.pop(0)
        self.fastest = min(self.fastest, reading)
        return reading


@pytest.fixture
def window(monkeypatch):
    """Return the window that is measured while the pace has these readings; the first has 1 request, the next 2 …."""
    monkeypatch.setattr(visits, "look", lambda *_: SimpleNamespace(wrong=(), status=200))
    monkeypatch.setattr(clock, "read", lambda *_: None)
    monkeypatch.setattr(clock, "between", lambda *_: clock.Spent(seconds=1, server=1, load=0, foreign=0))

    def measured(*readings, sliced=False):
        counts = iter(range(1, 100))
        monkeypatch.setattr(visits, "_load", lambda task, server, status, warm: (
            None if warm else load.Counted(requests=next(counts), seconds=1)))  # fmt: skip
        server = SimpleNamespace(port=1, process=SimpleNamespace(pid=1))
        reader = Read(*readings)
        task = Task(workload=WORKLOADS["json"], base="json", sliced=sliced)
        return visits._window(task, server, reader, None, 1.0), reader

    return measured


@pytest.mark.parametrize(("readings", "requests", "pace"), [
    ((10, 10), 1, 10),
    ((10, 10.9), 1, 10.9),
    ((10, 17, 17, 10, 10.2), 4, 10.2),
    ((17, 10, 10), 2, 10),
])  # fmt: skip
def test_a_window_is_measured_again_until_the_pace_is_full_on_both_sides(window, readings, requests, pace):
    found, reader = window(*readings)
    assert (found.requests, found.pace, reader.given) == (requests, pace, [])


def test_the_best_window_is_kept_when_the_time_is_over(window, monkeypatch):
    moments = iter([0.0, 1.0, 5.0, 6.0, 11.0])
    monkeypatch.setattr(visits.time, "monotonic", lambda: next(moments))
    found, _ = window(10, 17, 17, 16, 15)
    assert (found.requests, found.pace) == (4, 16)


def test_a_ranked_window_is_the_median_of_its_slices_at_full_pace(window):
    found, reader = window(10, 10, 17, 10, 10, 10.5, sliced=True)
    assert (found.requests, found.pace, reader.given) == (1 + 4 + 5, 10.5, [])
    assert found.slices == (1e6, 1e6 / 4, 1e6 / 5)
    assert found.microseconds == 1e6 / 4


def test_slices_at_full_pace_are_kept_when_the_time_is_over(window, monkeypatch):
    moments = iter([0.0, 1.0, 5.0, 11.0])
    monkeypatch.setattr(visits.time, "monotonic", lambda: next(moments))
    found, _ = window(10, 10, 17, 17, 17, sliced=True)
    assert (found.requests, found.pace, found.slices) == (1, 10, (1e6,))


def run_of(paces, protocol):
    windows = [Window(workload="json", connections=16, requests=1, processor=1e-4, pace=pace) for pace in paces]
    made = [Visit(part="core", round=number, place=0, stack="a", windows=(one,)) for number, one in enumerate(windows)]
    update = {"visits": tuple(made), "protocol": protocol, "instructions": ()}
    return EXAMPLES["benchmarks/2026-11-20"].model_copy(update=update)


@pytest.mark.parametrize(("paces", "protocol", "left"), [
    ((10.0, 11.0, 11.1, 17.0), PROTOCOL, [0, 1]),
    ((None, None), PROTOCOL, [0, 1]),
    ((10.0, 17.0), PROTOCOL.model_copy(update={"pace": None}), [0, 1]),
])  # fmt: skip
def test_windows_at_another_pace_count_for_nothing(paces, protocol, left):
    run = run_of(paces, protocol)
    assert [visit.round for visit in results.at_full_pace(run) if visit.windows] == left
    (order,) = results.concluded(run).orders
    assert order.estimates["a"].rounds == len(left)
