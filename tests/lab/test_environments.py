"""Environments: what a lock pins, and how the tools that make one fail. No network."""

import sys
import time

import pytest

from lab.core import python, tools
from lab.core.errors import LabError, RefusedError
from lab.core.python import Lock


def test_a_lock_knows_what_it_pins():
    lock = Lock(
        "flask==3.1.3 \\\n    --hash=sha256:aa\njinja2==3.1.6 ; python_version < '4' \\\n    --hash=sha256:bb\n"
    )
    assert lock.versions == {"flask": "3.1.3", "jinja2": "3.1.6"}


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        ("No solution found when resolving dependencies", RefusedError),
        ("Failed to build `x`: error sending request for url (https://example.org/x)", LabError),
        ("something else", LabError),
    ],
)
def test_a_refusal_is_not_taken_for_a_failure_of_the_network(complaint, kind):
    with pytest.raises((RefusedError, LabError)) as raised:
        tools.run([sys.executable, "-c", f"import sys; sys.exit({complaint!r})"])
    assert type(raised.value) is kind
    assert "example.org" not in str(raised.value)


def test_a_command_that_hangs_is_ended():
    start = time.monotonic()
    with pytest.raises(LabError, match="took more than"):
        tools.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert time.monotonic() - start < 10


def test_requirements_are_pinned_by_name():
    assert python.pinned(["FastStream[kafka]", "flask"], {"faststream": "0.7.8"}) == [
        "FastStream[kafka]==0.7.8",
        "flask",
    ]
