"""`make serve` shows an edited record, survives a broken one, and comes back when it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.preview import LiveServer


@pytest.fixture
def server(repository: Path, tmp_path: Path) -> Iterator[LiveServer]:
    served = LiveServer(repository, tmp_path / "serve.log")
    try:
        served.until("frameworks/flask/", "<h1><bdi>Flask</bdi></h1>")
        yield served
    finally:
        served.close()


def test_an_edit_shows_a_break_does_not_end_it_and_a_repair_brings_it_back(server, repository, record_property):
    flask = repository / "data" / "frameworks" / "flask.yml"
    text = flask.read_text(encoding="utf-8")

    flask.write_text(text.replace("summary: ", "summary: Edited once. ", 1), encoding="utf-8")
    record_property(
        "seconds from saving a record to the served page", round(server.until("frameworks/flask/", "Edited once."), 1)
    )

    flask.write_text(text.replace("summary: ", "sumary: ", 1), encoding="utf-8")
    server.until_said("Did you mean summary?")
    assert "data/frameworks/flask.yml:" in server.said()
    assert "Traceback" not in server.said()
    assert server.process.poll() is None, server.said()

    flask.write_text(text.replace("summary: ", "summary: Edited twice. ", 1), encoding="utf-8")
    server.until("frameworks/flask/", "Edited twice.")


def test_a_new_record_and_a_changed_criterion_show(server, repository):
    quart = repository / "data" / "frameworks" / "quart.yml"
    text = quart.read_text(encoding="utf-8").replace("name: Quart\ntile: Qu\n", "name: Quart Two\ntile: Zw\n", 1)
    (quart.parent / "quart-two.yml").write_text(text, encoding="utf-8")
    server.until("frameworks/quart-two/", "<h1><bdi>Quart Two</bdi></h1>")
    server.until("compare/flask-vs-quart-two/", "Quart Two")
    criteria = repository / "data" / "criteria" / "frameworks.yml"
    changed = re.sub(r"(id: async-orm\n +name:) .*", r"\1 Asynchronous mapper", criteria.read_text(encoding="utf-8"))
    assert "Asynchronous mapper" in changed
    criteria.write_text(changed, encoding="utf-8")
    server.until("matrix/frameworks/", "Asynchronous mapper")
