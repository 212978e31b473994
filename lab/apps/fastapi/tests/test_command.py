from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from books.command import cli

runner = CliRunner()
HEADER = "title,isbn,published,pages,author\r\n"


def test_an_import_makes_the_authors(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text(HEADER + "Momo,9783522177504,1973-01-01,,Michael Ende\r\n", newline="")
    assert runner.invoke(cli, ["import", str(file)]).stdout == "imported 1\n"
    assert client.get("/api/books.csv").content == file.read_bytes()


def test_a_fault_is_reported_with_its_line(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text(HEADER + "Momo,9783522177504,1973-02-30,0,Michael Ende\r\n", newline="")
    result = runner.invoke(cli, ["import", str(file)])
    assert result.exit_code == 1
    assert result.stderr.startswith("line 2: published: ")
    assert client.get("/api/authors").json()["total"] == 2


@pytest.mark.parametrize(
    "content", [b"", b"name,year\r\nMomo,1973\r\n", HEADER.encode() + b"Zo\xeb,,,,\r\n"]
)
def test_a_file_of_another_kind_is_refused(
    client: TestClient, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "books.csv"
    file.write_bytes(content)
    assert runner.invoke(cli, ["import", str(file)]).exit_code == 2
    assert client.get("/api/books").json()["total"] == 0
