"""What the interpreter of an application loads at its start: it counts objects, and keeps none of them."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

from lab.books.instances import TRACE

PROGRAM = """
import sys

class Kept:
    pass

kept = [Kept() for _ in range(50)]
for line in sys.stdin:
    kept.clear()
    print("let go", flush=True)
"""


@contextmanager
def running(folder):
    """Run the program with the module that counts; yield its process and what counts its objects."""
    trace = folder / "trace.sql"
    variables = {"PYTHONPATH": str(TRACE), "BOOKS_TRACE": str(trace), "BOOKS_COUNT": "1"}
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:  # fmt: skip
        yield program, lambda number: counted(trace, program.pid, number)
        program.stdin.close()


def counted(trace, process, number):
    trace.with_name("trace.sql.count").write_text(str(number))
    answer = trace.with_name(f"trace.sql.count.{number}.{process}")
    deadline = time.monotonic() + 20
    while not answer.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return json.loads(answer.read_text())


def test_what_was_counted_once_is_not_kept_for_the_next_count(tmp_path):
    with running(tmp_path) as (program, count):
        assert count(1)["__main__.Kept"] == 50
        program.stdin.write("\n")
        program.stdin.flush()
        assert program.stdout.readline() == "let go\n"
        assert "__main__.Kept" not in count(2)
