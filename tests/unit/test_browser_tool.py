"""Which browser the tests use, and what happens where there is none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tools import browser


class Machine:
    """A machine whose programs, user and environment a test decides."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.folder, self.installs, self.commands = folder, {}, []
        self.monkeypatch, self.run = monkeypatch, subprocess.run
        monkeypatch.setenv("PATH", str(folder))
        for name in ("CHROMIUM", "CI"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(browser, "PLACES", ())
        monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
        monkeypatch.setattr(browser.subprocess, "run", self._run)
        self.user(1000)

    def user(self, number: int) -> None:
        self.monkeypatch.setattr(os, "geteuid", lambda: number)

    def program(self, name: str, status: int = 0) -> str:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\nexit {status}\n")
        path.chmod(0o755)
        return str(path)

    def _run(self, command, **options):
        """Run what only says its version; note every other command, and let it install what the test says."""
        if command[-1] == "--version":
            return self.run(command, **options)
        self.commands.append(list(command))
        name = next((name for word, name in self.installs.items() if word in " ".join(command)), None)
        if name:
            self.program(name)
        return subprocess.CompletedProcess(command, 0 if name else 1)


@pytest.fixture
def machine(monkeypatch, tmp_path) -> Machine:
    return Machine(monkeypatch, tmp_path)


@pytest.mark.parametrize("name", browser.NAMES)
def test_every_browser_on_the_path_will_do(machine, name, capsys):
    path = machine.program(name)
    assert browser.main() == 0
    assert capsys.readouterr().out == f"Browser tests use {path}\n"
    assert machine.commands == []


def test_a_browser_that_does_not_run_is_passed_over(machine):
    machine.program("chromium-browser", status=1)
    assert browser.found() is None
    path = machine.program("google-chrome")
    assert browser.found() == path


def test_the_variable_comes_first(machine, monkeypatch):
    machine.program("chromium")
    monkeypatch.setenv("CHROMIUM", machine.program("mine"))
    assert browser.found().endswith("/mine")


def test_a_variable_that_leads_nowhere_is_reported_and_nothing_is_installed(machine, monkeypatch, capsys):
    machine.user(0)
    machine.program("chromium")
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    assert browser.main() == 1
    assert capsys.readouterr().err == "CHROMIUM is /no/such/browser, which does not run. Correct it, or unset it.\n"
    assert machine.commands == []


def test_playwrights_own_will_do(machine, monkeypatch):
    monkeypatch.setattr(browser, "_playwrights_own", lambda: "/home/me/chrome")
    assert browser.main() == 0
    assert machine.commands == []


@pytest.mark.parametrize("debian", [True, False])
def test_a_person_is_told_one_command_and_nothing_is_run(machine, debian, capsys):
    if debian:
        machine.program("apt-get")
        machine.program("sudo")
    assert browser.main() == 1
    assert machine.commands == []
    *_, told = capsys.readouterr().err.splitlines()
    assert told.endswith(" -m playwright install --with-deps chromium" if debian else " -m playwright install chromium")


def test_root_installs_the_package_of_debian(machine):
    machine.user(0)
    machine.program("apt-get")
    machine.installs["apt-get install"] = "chromium"
    assert browser.main() == 0
    assert [command[:2] for command in machine.commands] == [["sh", "-c"]]


@pytest.mark.parametrize("there", [["chromium-headless-shell", "chromium"], ["chromium"]])
def test_the_shell_is_installed_where_it_is_a_package_and_chromium_elsewhere(machine, there):
    """Run the command with an `apt-get` that has the packages `there`, and see which it brought."""
    machine.user(0)
    script = """#!/bin/sh
        [ "$1" = update ] && exit 0
        for package; do :; done
        case " THERE " in *" $package "*) echo "$package" >> "$0.log" ;; *) exit 1 ;; esac
    """
    apt = Path(machine.program("apt-get"))
    apt.write_text(script.replace("THERE", " ".join(there)))
    from_debian, *_ = browser.ways()
    machine.run(["/bin/sh", *from_debian[1:]], check=True)
    assert Path(f"{apt}.log").read_text().split() == there[:1]


def test_root_goes_on_to_playwright_where_debians_package_fails(machine):
    machine.user(0)
    machine.program("apt-get")
    machine.installs["playwright install"] = "chrome"
    assert browser.main() == 0
    assert [command[-1] for command in machine.commands][1:] == ["chromium"]


def test_ci_installs_without_root(machine, monkeypatch):
    monkeypatch.setenv("CI", "true")
    machine.program("apt-get")
    machine.installs["playwright install"] = "chrome"
    assert browser.main() == 0
    (command,) = machine.commands
    assert not {"sudo", "apt-get", "--with-deps"} & set(command)


def test_a_failed_installation_ends_with_the_command(machine, capsys):
    machine.user(0)
    assert browser.main() == 1
    assert len(machine.commands) == 1
    assert "To install one, run:" in capsys.readouterr().err
