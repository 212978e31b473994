"""Three programs that read the data: shown on the page about the API, and run by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from macros.code.highlight import highlight
from macros.schema.routes import API

SERVED = "http://127.0.0.1:8000/"
"""Where `make serve` serves the site, for examples of a site that has no address yet."""

CURL = """curl --fail --remote-name {api}csv/facts.csv"""
PYTHON = """import json
from urllib.request import urlopen

with urlopen("{api}dataset.json") as answer:
    dataset = json.load(answer)

for entry in dataset["entries"].values():
    facts = entry["facts"].values()
    current = sum(fact["current"] for fact in facts)
    print(entry["name"], f"({{entry['status']}}):", current, "of", len(facts))"""
JAVASCRIPT = """const answer = await fetch("{api}use-cases.json");
const {{ use_cases: cases }} = await answer.json();

for (const {{ name, band }} of cases) {{
  console.log(`${{name}}: ${{band.join(", ") || "not ranked"}}`);
}}"""
PROGRAMS: Mapping[str, tuple[str, str, str]] = {
    "curl": ("curl: save all facts as a table", "bash", CURL),
    "python": ("Python: how many facts of each entry are current", "python", PYTHON),
    "javascript": ("JavaScript: which entries share the first place in each use case", "javascript", JAVASCRIPT),
}
"""Heading, language and text of each."""


@dataclass(frozen=True, slots=True)
class Example:
    """A program: its id, its heading, and its code as HTML."""

    id: str
    heading: str
    code: Markup


def examples(site_url: str) -> tuple[Example, ...]:
    """Return the examples for the site at an address, or for the one that `make serve` serves."""
    return tuple(
        Example(name, heading, highlight(text, language))
        for name, (heading, language, _) in PROGRAMS.items()
        for text in (source(name, site_url),)
    )


def source(name: str, site_url: str) -> str:
    """Return the text of an example for the site at an address."""
    address = f"{site_url.rstrip('/')}/" if site_url else SERVED
    return PROGRAMS[name][2].format(api=f"{address}{API}")
