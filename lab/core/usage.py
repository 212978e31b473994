"""What processes use: memory and processor time, of one with its descendants and of the whole machine."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil


def tree(pid: int) -> list[psutil.Process]:
    """Return the process and all its descendants; nothing if it is gone."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def proportional_size(pid: int) -> float:
    """Return the proportional set size (PSS) of the process and its descendants, in MiB."""
    return sum(_sizes(pid)) / 2**20


def _sizes(pid: int) -> Iterator[int]:
    for member in tree(pid):
        try:
            yield member.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def processor_seconds(pid: int) -> float:
    """Return the processor time that the process and its living descendants have used, in seconds.

    The kernel's clock of each process counts nanoseconds. psutil would count steps of 10 ms, and a start takes 100 ms.
    """
    used = 0.0
    for member in tree(pid):
        try:
            used += time.clock_gettime((~member.pid << 3) | 2)  # the number that clock_getcpuclockid(3) computes
        except OSError:
            continue
    return used


def busy_seconds() -> float:
    """Return the processor time that this machine has been busy since it started, all cores together, in seconds."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq + times.steal)
