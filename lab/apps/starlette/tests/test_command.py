from pathlib import Path

import pytest
from starlette.testclient import TestClient

from books import command

HEADER = "title,isbn,published,pages,author\r\n"


def run(monkeypatch: pytest.MonkeyPatch, file: Path) -> object:
    monkeypatch.setattr("sys.argv", ["command", "import", str(file)])
    with pytest.raises(SystemExit) as ended:
        command.main()
    return ended.value.code


def test_an_import_makes_the_authors(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "books.csv"
    file.write_text(HEADER + "Momo,9783522177504,1973-01-01,,Michael Ende\r\n", newline="")
    assert run(monkeypatch, file) is None
    assert client.get("/api/books.csv").content == file.read_bytes()


def test_a_fault_is_reported_with_its_line(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "books.csv"
    file.write_text(HEADER + "Momo,9783522177504,1973-02-30,0,Michael Ende\r\n", newline="")
    assert str(run(monkeypatch, file)).startswith("line 2: published: ")
    assert client.get("/api/authors").json()["total"] == 2


@pytest.mark.parametrize(
    "content", [b"", b"name,year\r\nMomo,1973\r\n", HEADER.encode() + b"Zo\xeb,,,,\r\n"]
)
def test_a_file_of_another_kind_is_refused(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    file = tmp_path / "books.csv"
    file.write_bytes(content)
    assert run(monkeypatch, file)
    assert client.get("/api/books").json()["total"] == 0
