"""What a mistake in one file does not do to the others, and days anywhere in data/."""

from pathlib import Path

import pytest


@pytest.mark.parametrize("file", ["criteria/frameworks.yml", "criteria/shared.yml", "scales.yml"])
def test_a_mistake_in_what_is_asked_is_told_once(data: Path, problems_of, file: str) -> None:
    broken = data / file
    broken.write_text(f"{broken.read_text()}\nnme: x\n")
    assert [line.split(":")[0] for line in problems_of(data)] == [f"data/{file}"]


@pytest.mark.parametrize("file", ["coming-from/spring.yml", "measured/downloads.yml"])
def test_no_day_lies_in_the_future_wherever_it_stands(data: Path, problems_of, file: str) -> None:
    spoilt = data / file
    text = spoilt.read_text()
    assert "2026-" in text
    spoilt.write_text(text.replace("2026-", "2036-"))
    found = problems_of(data)
    assert found
    assert all(line.startswith(f"data/{file}:") and "is in the future" in line for line in found)
