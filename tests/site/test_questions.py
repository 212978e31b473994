"""Questions in people's words: the page that must be among the first three results, and what its text must say."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from tools import npm

HERE = Path(__file__).resolve().parents[1]
FIRST = 3
"""Among so many results the page must be."""
ANSWERED = 0.95
"""The share of the questions that must be answered: some have a second answer that is as good."""


@pytest.fixture(scope="module")
def asked():
    return yaml.safe_load((HERE / "questions.yml").read_text(encoding="utf-8"))["questions"]


def test_questions_find_their_page_and_its_answer(asked, built, record_property):
    node, _ = npm.commands("the test of the search")
    command = [node, str(HERE / "js" / "ask.js"), str(built / "search" / "index.json")]
    typed = json.dumps([question["ask"] for question in asked])
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=True)
    wrong = []
    for question, results in zip(asked, json.loads(done.stdout), strict=True):
        pages = question.get("pages") or [question["page"]]
        found = [result for result in results[:FIRST] if result["address"] in pages]
        said = any(question.get("says", "").lower() in f"{r['title']} {r['text']}".lower() for r in found)
        if not found or not said:
            wrong.append(f"{question['ask']}: {' or '.join(pages)}: found {[r['address'] for r in results[:FIRST]]}")
    record_property("questions answered by the search", f"{len(asked) - len(wrong)} of {len(asked)}")
    assert len(wrong) <= (1 - ANSWERED) * len(asked), "\n".join([f"{len(wrong)} of {len(asked)}:", *wrong])
