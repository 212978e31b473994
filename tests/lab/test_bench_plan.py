"""What a run does: which stacks take part, and which windows share a process."""

from collections import Counter

import pytest

from lab.bench.plan import chiefs, parts, steps
from lab.bench.stacks import STACKS
from lab.bench.workloads import WORKLOADS

EVERYTHING = {name: {*WORKLOADS} for name in STACKS}
FLOORS = {name for name, stack in STACKS.items() if not stack.entry}


def planned(name, number=0):
    return steps(parts()[name], number, list(STACKS.values()), EVERYTHING, seed=1)


@pytest.mark.parametrize("name", parts())
def test_each_step_has_its_own_key(name):
    assert len({step.key for step in planned(name)}) == len(planned(name))


@pytest.mark.parametrize("name", ["growth", "more"])
def test_windows_share_a_process_wherever_their_servers_start_alike(name):
    workloads = [(step.stack.id, step.tasks[0].workload) for step in planned(name)]
    started = Counter(
        (stack, "postgresql" in one.needs, str(sorted(one.variables.items()))) for stack, one in workloads
    )
    assert set(started.values()) == {1}


def test_growth_is_that_of_frameworks_and_other_workloads_have_their_floors():
    assert not FLOORS & {step.stack.id for step in planned("growth")}
    assert FLOORS & {step.stack.id for step in planned("more")}
    assert {step.stack.id for step in planned("growth")} < {stack.id for stack in chiefs(list(STACKS.values()))}


def test_only_the_control_is_there_twice_in_a_round_of_the_ranking():
    times = Counter(step.stack.id for step in planned("core"))
    assert times == Counter(dict.fromkeys(STACKS, 1) | {"fastapi": 2})


def test_the_order_of_a_round_repeats_with_its_seed_and_differs_between_rounds():
    order = [step.key for step in planned("core")]
    assert order == [step.key for step in planned("core")]
    assert [step.stack.id for step in planned("core")] != [step.stack.id for step in planned("core", 1)]
