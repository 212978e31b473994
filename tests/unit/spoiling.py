# ruff: noqa: E501 - one message, one line
"""What tests that spoil a copy of the good data share: its files, the place of a mistake, words of messages."""

from __future__ import annotations

from pathlib import Path

HERE = "▸"
"""Where the problem stands; without it at the beginning of the file."""

KEYS = "Keys are aliases, best-for, documentation, evidence, history, idioms, inherits, language, name, package, relations, repository, resources, series, spring, statements, strengths, summary, tile, trade-offs, used-with, website."
A_NUMBER = "must be text. Put it in quotes:"
CAPABILITY = "built-in, official-package, third-party, partial, by-hand, none, not-applicable"
HOSTS = (("pypi", "org"), ("files", "pythonhosted", "org"), ("www", "npmjs", "com"), ("registry", "npmjs", "org"))
PAGES = [f"https://{'.'.join(words)}/x/" for words in HOSTS]
"""Pages of package registries, whose hosts stand in no file: not even here as one word."""

ALPHA, BETA, GAMMA, REST, DELTA = (
    f"frameworks/{name}.yml" for name in ("alpha", "beta", "gamma", "alpha-rest", "delta")
)
KIND, SHARED, SCALES = "criteria/frameworks.yml", "criteria/shared.yml", "scales.yml"
SHARE, STEPS, MEASURED = "ratings/features.yml", "ratings/reach.yml", "measured/downloads.yml"
CASE, RATED, STACK, ARTICLE = "guide/async-api.yml", "guide/rated.yml", "stacks/web-app.yml", "articles/review.yml"
MATRIX, BY_ENTRY, SPRING = "matrices/overview.yml", "matrices/ratings.yml", "coming-from/spring.yml"


def spoil(file: Path, old: str, new: str) -> str:
    """Replace `old`, which stands once in the file, and return the line and column of the mark in `new`."""
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {file.name}"
    start, mark, _ = before.replace(old, new).partition(HERE)
    file.write_text(before.replace(old, new.replace(HERE, "")), encoding="utf-8")
    return f"{start.count(chr(10)) + 1}:{len(start) - start.rfind(chr(10))}" if mark else "1:1"


def lines_of(file: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"data/{file}:")]
