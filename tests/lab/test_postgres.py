"""A real PostgreSQL is started, gives databases, and leaves nothing behind. Skipped where none is installed."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lab.core import postgres
from lab.core.errors import LabError, NoAnswerError
from tests.lab.servers import alive


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    try:
        postgres.find()
    except LabError as error:
        pytest.skip(str(error))
    with postgres.serving() as running:
        yield running


def test_a_database_is_given_to_a_user_who_is_not_the_superuser(server):
    url = server.create()
    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute("CREATE TABLE book (title text)")
        assert opened.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        assert opened.execute("SELECT 'B' < 'a', 'é' > 'z'").fetchone() == (True, True), "sorted by code points"


def test_a_copy_holds_what_its_template_holds_and_changes_alone(server):
    with psycopg.connect(server.create("seed"), autocommit=True) as opened:
        opened.execute("CREATE TABLE book (title text)")
        opened.execute("INSERT INTO book VALUES ('Flatland')")
    with psycopg.connect(server.create("copy", "seed"), autocommit=True) as opened:
        assert opened.execute("SELECT title FROM book").fetchall() == [("Flatland",)]
        opened.execute("DELETE FROM book")
    with server.connect("seed") as opened:
        assert opened.execute("SELECT count(*) FROM book").fetchone() == (1,)


def test_a_database_is_dropped_while_it_is_used(server):
    with psycopg.connect(server.create("used")) as opened:
        server.drop("used")
        with pytest.raises(psycopg.OperationalError):
            opened.execute("SELECT 1")


def test_the_server_runs_as_it_says(server):
    with server.connect() as opened:
        for name in postgres.SETTINGS:
            assert opened.execute("SELECT current_setting(%s)", [name]).fetchone() == (server.settings[name],)
        assert opened.execute("SHOW server_version").fetchone()[0].startswith(server.version)
    assert server.port < 32_768
    assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0


def test_nothing_of_a_server_remains_even_if_the_block_fails_while_it_is_used(server):
    with pytest.raises(KeyboardInterrupt), postgres.serving({"fsync": "on"}) as own:
        opened = psycopg.connect(own.create())
        assert opened.execute("SHOW fsync").fetchone() == ("on",)
        assert own.settings["fsync"] == "on"
        raise KeyboardInterrupt
    assert not alive(own.process.pid)
    assert not own.log_file.parent.exists()
    assert alive(server.process.pid), "another server goes on"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", own.port)) != 0


def test_it_starts_where_another_user_may_not_enter_the_folder_for_temporary_files(server, monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with postgres.serving() as own, own.connect() as opened:
        assert opened.execute("SELECT 1").fetchone() == (1,)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_start_says_why(server):
    with pytest.raises(NoAnswerError, match="unrecognized configuration parameter"), postgres.serving({"fsink": "on"}):
        pass


def test_where_there_is_none_one_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv(postgres.VARIABLE, str(tmp_path))
    with pytest.raises(LabError, match="apt install postgresql"), postgres.serving():
        pass
    assert list(Path(tmp_path).iterdir()) == []
