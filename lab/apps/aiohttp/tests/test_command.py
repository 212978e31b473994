from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from books.command import main
from books.settings import Settings, load_settings

HEADER = "title,isbn,published,pages,author\r\n"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    for name in ("database", "secret", "editor", "password"):
        monkeypatch.setenv(f"BOOKS_{name}".upper(), getattr(settings, name))


@pytest.mark.usefixtures("environment")
async def test_what_went_in_comes_out(
    client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = HEADER + '"Say ""Yes"", twice",9780000000002,2024-02-29,,Zoë\r\n'
    file = tmp_path / "books.csv"
    file.write_bytes(content.encode())
    await main(file)
    assert capsys.readouterr().out == "imported 1\n"
    assert await (await client.get("/api/books.csv")).text() == content


@pytest.mark.usefixtures("environment", "client")
async def test_faults_are_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text(HEADER + "X,123,2024-01-01,many,Someone\r\n", newline="")
    with pytest.raises(SystemExit, match=r"line 2: isbn: .*\nline 2: pages: "):
        await main(file)


@pytest.mark.usefixtures("environment", "client")
async def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "books.csv"
    file.write_text("name,year\r\nX,2024\r\n", newline="")
    with pytest.raises(SystemExit, match="must have the columns title, isbn"):
        await main(file)


@pytest.mark.usefixtures("environment")
def test_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_SECRET", "short")
    monkeypatch.setenv("BOOKS_PAGE_SIZE", "101")
    with pytest.raises(SystemExit, match=r"BOOKS_SECRET: .*\nBOOKS_PAGE_SIZE: "):
        load_settings()
