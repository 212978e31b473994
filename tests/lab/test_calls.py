"""How the lab is called: every command says what it takes, and refuses what it does not know. Nothing is measured."""

import pytest

from lab import __main__ as dispatcher
from lab.blocks import command as blocks
from lab.core import runner


@pytest.mark.parametrize("name", dispatcher.COMMANDS)
def test_every_command_says_how_it_is_called(name, capsys):
    with pytest.raises(SystemExit) as left:
        dispatcher.main([name, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: python -m lab {name} [-h]")
    assert "show this help message and exit" in said.out
    assert said.err == ""


@pytest.mark.parametrize("name", dispatcher.COMMANDS)
def test_every_command_refuses_an_option_that_it_does_not_have(name, capsys):
    with pytest.raises(SystemExit) as left:
        dispatcher.main([name, "--unheard-of"])
    assert left.value.code == 2
    assert f"python -m lab {name}: error: unrecognized arguments: --unheard-of" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["registry", "smoke", "footprint", "type-coverage", "books", "blocks"])
def test_a_name_that_nobody_knows_is_refused_with_the_known_ones(name, capsys):
    with pytest.raises(SystemExit) as left:
        dispatcher.main([name, "no-such"])
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("Unknown: no-such. Choose from ")


def test_an_unknown_entry_is_refused():
    with pytest.raises(SystemExit) as left:
        runner.chosen(["flsk"], ["flask"])
    assert left.value.code == 2
    assert runner.chosen([], ["flask", "django"]) == ["flask", "django"]


@pytest.mark.parametrize("arguments", [[], ["registri"]])
def test_an_unknown_command_lists_the_known_ones(arguments, capsys):
    assert dispatcher.main(arguments) == 2
    assert "registry" in capsys.readouterr().err


def test_the_blocks_are_locked_all_together(monkeypatch, capsys):
    locked = []
    monkeypatch.setattr(blocks.environments, "lock", locked.append)
    with pytest.raises(SystemExit) as left:
        dispatcher.main(["blocks", "--lock", "02"])
    assert (left.value.code, locked) == (2, [])
    assert "--lock takes no blocks" in capsys.readouterr().err
    assert dispatcher.main(["blocks", "--lock"]) == 0
    assert locked == list(blocks.environments.REQUIREMENTS)
