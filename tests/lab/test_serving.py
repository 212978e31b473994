"""Servers that the lab starts are stopped, whatever happens. No network."""

import os
import subprocess
import sys
import time

import pytest

from lab.core import paths, usage
from lab.core.errors import NoAnswerError
from lab.core.processes import serving
from tests.lab.servers import SERVE, SILENT, alive, answering


def test_a_silent_server_is_given_up_and_stopped(tmp_path):
    (tmp_path / "smoke.py").write_text("import os\nopen('pid', 'w').write(str(os.getpid()))\n" + SILENT)
    with (
        pytest.raises(NoAnswerError, match="no answer in time"),
        serving(SERVE, tmp_path, dict(os.environ), seconds=1.0),
    ):
        pass
    assert not alive(int((tmp_path / "pid").read_text()))


def test_a_server_is_stopped_with_its_children_when_the_block_fails(tmp_path):
    (tmp_path / "smoke.py").write_text(answering(child=True))
    members = []
    with pytest.raises(KeyboardInterrupt), serving(SERVE, tmp_path, dict(os.environ)) as server:
        members = [one.pid for one in usage.tree(server.pid)]
        assert server.port < 32_768
        raise KeyboardInterrupt
    assert len(members) == 2
    assert not any(map(alive, members))


def test_a_request_to_terminate_stops_the_servers(tmp_path):
    (tmp_path / "smoke.py").write_text("import os\nopen('pid', 'w').write(str(os.getpid()))\n" + SILENT)
    code = f"""
import os
from pathlib import Path
from lab.core import processes, runner
folder = Path({str(tmp_path)!r})
def work(name):
    with processes.serving({SERVE!r}, folder, dict(os.environ)):
        return {{}}, ""
runner.measure_each(["a"], work, folder)
"""
    lab = subprocess.Popen([sys.executable, "-c", code], cwd=paths.ROOT, stderr=subprocess.DEVNULL)
    for _ in range(500):
        if (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.02)
    lab.terminate()
    assert lab.wait(20) == 143
    assert not alive(int((tmp_path / "pid").read_text()))
    assert not (tmp_path / "a.json").exists()
