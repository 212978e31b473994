# ruff: noqa: E501 - one row, one line
"""One mistake in a folder that is in order, and the one message it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.spoiling import (
    A_NUMBER,
    ALPHA,
    ARTICLE,
    BETA,
    BY_ENTRY,
    CAPABILITY,
    CASE,
    DELTA,
    GAMMA,
    KEYS,
    KIND,
    MATRIX,
    MEASURED,
    PAGES,
    RATED,
    REST,
    SCALES,
    SHARE,
    SHARED,
    SPRING,
    STACK,
    STEPS,
    lines_of,
    spoil,
)

NOT_A_LINK = "is not a link that starts with https:// and has no spaces or quotes. Copy it from the browser."
NOT_A_PACKAGE = "is not a package URL. Write pkg:pypi/NAME or pkg:npm/NAME (a scope as pkg:npm/%40scope/name)."
NOT_AN_ID = "is not an id. Use lower-case letters, digits and single hyphens, such as django-ninja."
NOT_A_DAY = "is not a date. Write it as 2026-11-20, without quotes."
REGISTRY = "points to a package registry. Write a package URL, such as pkg:pypi/django, where a package is meant."
MARKUP = "has markup or template syntax, which names and summaries may not have. Write plain words."
TWO_LINES = "has a line break or a control character. Write it on one line."
EDGES = "built-on, extension-of, successor, forked-to, renamed-to, not-to-be-confused-with"
ONE_THING = "An edge leads to exactly one thing. Give either to: (an entry's id) or outside: (name and link)."
FUTURE = "is in the future (today is 2026-11-20). Write the day you read the page."
HAPPENED = "is in the future (today is 2026-11-20). Write the day it happened."
NO_CREDIT = "have no credit of their own. Add credit: with a number from 0 to 1 for its values."
FIVE_STEPS = "A rule by thresholds needs five steps, from the worst to the best. Correct steps."

MISTAKES = [
    # keys
    (ALPHA, "tile: Al", "tile: Al\n▸sumary: x", f"sumary is not a key here. Did you mean summary? {KEYS}"),
    (ALPHA, "tile: Al", "tile: Al\n▸stars: 3", "stars is not a key here. It is measured, not stated: remove it."),
    (ALPHA, "ends: It has", "▸end: x\n  ends: It has", "end is not a key here. Did you mean ends? Keys are ends, like."),
    (BETA, "value: partial", "value: partial\n        ▸vai: alpha", "vai is not a key here. Did you mean via? Keys are at, demonstration, despite-probe, note, other-meanings, searched, since, value, via."),
    (BETA, "admin: by-hand", "admin: {value: none, ▸nte: x}", "nte is not a key here. Did you mean note? Keys are at, demonstration, despite-probe, note, other-meanings, searched, since, value, via."),
    (ALPHA, "name: Alpha\n", "", "name is missing. Add it."),
    (ALPHA, "language: Python\n", "", "language is missing. Add it."),
    (ALPHA, 'source: https://alpha.example.org/orm/\n    version: "2.10"\n    checked: 2026-11-20', "▸source: https://alpha.example.org/orm/", "checked is missing. Add it."),
    (BETA, "async-handlers:\n        value: partial", "▸async-handlers:", "value is missing. Add it."),
    (ALPHA, "name: Alpha", "name: Alpha\n▸name: Alfa", "name is given twice (first on line 1). Keep one."),
    (BETA, "admin: by-hand", "▸scope: api", "scope is given twice (first on line 14). Keep one."),
    # texts
    (ALPHA, "name: Alpha", "name: ''", 'name "" is empty. Write something or remove the line.'),
    (ALPHA, "name: Alpha", "name:", "name has no value. Give one or remove the line."),
    (ALPHA, "name: Alpha", "name: <b>Alpha</b>", f'name "<b>Alpha</b>" {MARKUP}'),
    (ALPHA, "name: Alpha", "name: '{{ 7*7 }}'", f'name "{{{{ 7*7 }}}}" {MARKUP}'),
    (ALPHA, "name: Alpha", "name: '{% raw %}'", f'name "{{% raw %}}" {MARKUP}'),
    (ALPHA, "name: Alpha", "name: '{# x #}'", f'name "{{# x #}}" {MARKUP}'),
    (ALPHA, "name: Alpha", f"name: {'x' * 61}", "name is longer than 60 characters. Shorten it."),
    (ALPHA, "name: Alpha", "name: [Alpha]", "name must be text. Write a word or a sentence."),
    (ALPHA, "name: Alpha", "name: 6.10", f'name {A_NUMBER} "6.10".'),
    (ALPHA, 'version: "2.10"', "▸version: 2.10", f'version {A_NUMBER} "2.10".'),
    (ALPHA, "licence: MIT", "▸licence: 2020-01-01", f'value {A_NUMBER} "2020-01-01".'),
    (ALPHA, "name: Alpha", "name: no", 'name is no, which YAML takes for true or false. Put it in quotes ("no") if it is meant as text.'),
    (ALPHA, "text: WebSocket needs another package", r'▸text: "Line\nline"', f'text "Line line" {TWO_LINES}'),
    (ALPHA, "text: WebSocket needs another package", r'▸text: "Line\Lline"', f'text "Line line" {TWO_LINES}'),
    (ALPHA, "text: WebSocket needs another package", f"▸text: {'x' * 141}", "text is longer than 140 characters. Shorten it."),
    (ALPHA, "  ends: It has no container.", f"  ▸ends: {'x' * 241}", "ends is longer than 240 characters. Shorten it."),
    (ALPHA, "tile: Al", "▸tile: AL", 'tile "AL" is not a tile. Write a capital and a small letter, such as Dj.'),
    (ALPHA, "language: Python", "▸language: Pyton", 'language must be one of Python, JavaScript, TypeScript; not "Pyton". Did you mean Python?'),
    (ALPHA, "language: Python", "▸language: Haskell", 'language must be one of Python, JavaScript, TypeScript; not "Haskell".'),
    (REST, "evidence:", "▸strengths: x\nevidence:", 'strengths must be a mapping of keys to values, not "x". Write key: value.'),
    # links, packages, days
    (ALPHA, "website: https:", "▸website: http:", f'website "http://alpha.example.org/" {NOT_A_LINK}'),
    (ALPHA, "website: https://alpha.example.org/", "▸website: javascript:alert(1)", f'website "javascript:alert(1)" {NOT_A_LINK}'),
    (ALPHA, "website: https://alpha.example.org/", f"▸website: {PAGES[0]}", f'website "{PAGES[0]}" {REGISTRY}'),
    (ALPHA, "language: Python", f"relations: [{{type: forked-from, outside: {{name: X, ▸link: '{PAGES[0]}'}}}}]\nlanguage: Python", f'link "{PAGES[0]}" {REGISTRY}'),
    (ALPHA, "package: pkg:pypi/alpha\n", "▸package: alpha\n", f'package "alpha" {NOT_A_PACKAGE}'),
    (ALPHA, "checked: 2026-11-19", "▸checked: 2026-11-31", f'checked "2026-11-31" {NOT_A_DAY}'),
    (ALPHA, "checked: 2026-11-19", '▸checked: "2026-11-19"', f'checked "2026-11-19" {NOT_A_DAY}'),
    (ALPHA, "checked: 2026-11-19", "▸checked: 2026-11-19 10:00:00", f'checked "2026-11-19 10:00:00" {NOT_A_DAY}'),
    (ALPHA, "checked: 2026-11-19", "▸checked: 2026-11-21", f"checked 2026-11-21 {FUTURE}"),
    (ALPHA, "date: 2020-01-31", "▸date: 2030-01-31", f"date 2030-01-31 {HAPPENED}"),
    (ALPHA, "checked: 2026-11-18", "▸checked: 2030-01-31", f"checked 2030-01-31 {FUTURE}"),
    (DELTA, "checked: 2026-11-20}", "▸checked: 2030-01-31}", f"checked 2030-01-31 {FUTURE}"),
    # facts
    (BETA, "admin: by-hand", "▸admni: by-hand", "admni is not a criterion of frameworks. Did you mean admin? They are listed in data/criteria/frameworks.yml."),
    (BETA, "admin: by-hand", "▸stars: many", "stars is measured, not stated: it comes from data/measured/. Remove it."),
    (GAMMA, "admin: by-hand", "▸asgi-native: none", "asgi-native is asked of Python only, and this entry is JavaScript. Remove it."),
    (BETA, "admin: by-hand", "▸admin: by_hand", f'admin must be one of {CAPABILITY}; not "by_hand". Did you mean by-hand?'),
    (BETA, "value: partial", "▸value: some", f'async-handlers must be one of {CAPABILITY}; not "some".'),
    (BETA, "licence: BSD-3-Clause", "▸licence: bsd", 'licence must be a licence such as MIT; not "bsd".'),
    (BETA, "admin: by-hand", "▸admin: partial", "admin is partial without a note. Add note: and say which limits or why."),
    (BETA, "admin: by-hand", "▸admin: not-applicable", "admin is not-applicable without a note. Add note: and say which limits or why."),
    (BETA, "admin: by-hand", "▸admin: third-party", "admin is third-party without via. Add via: and the package, such as pkg:pypi/channels, or an entry's id."),
    (BETA, "mapper, alpha", "mapper, ▸alfa", 'via "alfa" is not the id of an entry. Did you mean alpha? Write the id of an entry, or a package URL such as pkg:pypi/channels.'),
    (BETA, "pkg:pypi/mapper", "▸pkg:pypi/", f'via "pkg:pypi/" {NOT_A_PACKAGE}'),
    (ALPHA, "scope: full-stack", "scope: full-stack\n      ▸orm: none", "orm is given twice (first on line 41). Keep one."),
    (GAMMA, "async-handlers: built-in", "▸async-handlers: none", 'async-handlers is "none", but the probe async-handler of 22.1.0 with motor 1.0 on 2026-11-20 answered pass, which allows built-in, partial. Correct the value or the probe.'),
    (GAMMA, "async-handlers: built-in", "async-handlers: {value: built-in, ▸despite-probe: It was another build.}", "No probe contradicts async-handlers. Remove it."),
    (GAMMA, "version: v22.1.0-rc.1", '▸version: "22.2"', 'version "22.2" is newer than the newest release of Gamma, 22.1.0 (as of 2026-11-20). Write the release that the page describes; if that one is out by now, run make lab-registry.'),
    (BETA, "admin: by-hand", "▸eol: 2027-01-31", "eol is not a criterion of frameworks. They are listed in data/criteria/frameworks.yml."),
    (BETA, "licence: BSD-3-Clause", "▸license: BSD-3-Clause", "license is not a criterion of frameworks. Did you mean licence? They are listed in data/criteria/frameworks.yml."),
    # reasons, edges, inheritance, tiles
    (ALPHA, "because: websockets", "▸because: websocket", 'because "websocket" is not a criterion of frameworks. Did you mean websockets?'),
    (REST, "evidence:", "▸best-for: {text: Lessons, because: docs-tutorial}\nevidence:", 'because "docs-tutorial" is a criterion that this record does not answer. Add the fact, or give another reason.'),
    (DELTA, "type: successor", "▸type: sucessor", f'type must be one of {EDGES}; not "sucessor". Did you mean successor?'),
    (DELTA, "type: successor", "▸type: successor-of", f'type must be one of {EDGES}; not "successor-of". Did you mean successor?'),
    (BETA, "type: forked-from", "▸type: forked", f'type must be one of {EDGES}, renamed-from, forked-from, successor-of; not "forked". Did you mean forked-to?'),
    (DELTA, "{type: successor, to: beta", "▸{type: successor", ONE_THING),
    (DELTA, "{type: successor, to: beta", "▸{type: successor, to: beta, outside: {name: X}", ONE_THING),
    (DELTA, "to: beta", "▸to: delta", "The edge leads from delta to itself. Name another entry."),
    (DELTA, "to: beta", "▸to: Beta", f'to "Beta" {NOT_AN_ID}'),
    (DELTA, "to: beta", "▸to: betta", 'to "betta" is not the id of an entry. Did you mean beta?'),
    (BETA, 'outside: {name: Omega, package: "pkg:pypi/omega"}', "▸outside: {name: Omega}", "Omega has neither link nor package. Add one."),
    (ALPHA, "used-with: [motor]", "used-with: [▸alpha]", 'used-with "alpha" is not the id of another entry. Did you mean alpha-rest?'),
    (ALPHA, "used-with: [motor]", "▸used-with: moter", 'used-with "moter" is not the id of another entry. Did you mean motor?'),
    (REST, "from: alpha", "▸from: alfa", 'from "alfa" is not the id of another entry. Did you mean alpha?'),
    (REST, "[admin, orm]", "[admin, ▸orn]", "alpha does not answer orn itself. Did you mean orm? Remove it, or add the fact there."),
    (REST, "[admin, orm]", "[admin, orm, ▸licence]", "licence is inherited and also given on line 18. Keep one."),
    # ratings and measures
    (SHARE, "    - admin", "    - ▸admni", '"admni" is not a criterion of frameworks. Did you mean admin?'),
    (SHARE, "api: 0.5", "▸apy: 0.5", '"apy" is not a value of scope. Did you mean api?'),
    (SHARE, "criterion: scope\n      credit: {full-stack: 1, api: 0.5}", "▸scope", f"The values of scope {NO_CREDIT}"),
    (SHARE, "weight: 2", "▸weight: two", 'weight must be a number, not "two". Write it without quotes, such as 0.5.'),
    (SHARE, "weight: 2", "▸weight: 1.0e+400", 'weight must be a finite number, not "1.0e+400". Correct the number.'),
    (SHARE, "by: share", "▸by: shares", 'by must be one of share, thresholds, position, positions; not "shares". Did you mean share?'),
    (SHARE, "rule:\n  by: share", "▸rule:\n  by: share\n  measure: downloads", "A rule by share has no measure. Correct it."),
    (STEPS, "rule: {by: thresholds, measure: downloads,", "▸rule: {by: thresholds,", "A rule by thresholds needs a measure. Correct it."),
    (STEPS, "rule: {", "▸rule: {criteria: [orm], ", "A rule by share needs criteria, and no other rule has them. Add or remove them."),
    (STEPS, "rule: {by: thresholds, measure: downloads, better: more", "▸rule: {by: thresholds, measure: downloads, better: less", FIVE_STEPS),
    (STEPS, "rule: {by: thresholds, measure: downloads, better: more, steps: [10, ", "▸rule: {by: thresholds, measure: downloads, better: more, steps: [", FIVE_STEPS),
    (STEPS, "rule: {by: thresholds, measure: downloads, better: more, steps: [10, 100", "▸rule: {by: thresholds, measure: downloads, better: more, steps: [100, 10", FIVE_STEPS),
    (MEASURED, "beta:", "▸betta:", '"betta" is not an entry. Did you mean beta?'),
    # use cases
    (CASE, "group: build", "▸group: guild", 'group must be one of build, run, team, part; not "guild". Did you mean build?'),
    (CASE, "criterion: async-handlers", "▸criterion: async-handler", '"async-handler" is not a criterion of frameworks. Did you mean async-handlers?'),
    (CASE, "[built-in, partial]", "[built-in, ▸partly]", '"partly" is not a value of async-handlers. Did you mean partial?'),
    (CASE, "  websockets: {", "  ▸websocket: {", '"websocket" is not a criterion of frameworks. Did you mean websockets?'),
    (CASE, "full-stack: 0.5", "▸fullstack: 0.5", '"fullstack" is not a value of scope. Did you mean full-stack?'),
    (CASE, "async-handlers: 4", "▸async-handlers: 40", 'weight must be 10 or less, not "40". Correct the number.'),
    (CASE, "async-handlers: 4", "▸licence: 4", f"The values of licence {NO_CREDIT}"),
    (CASE, "article: review, line: 1,", "▸article: revue, line: 1,", '"revue" is not an article of data/articles/. Did you mean review?'),
    (CASE, "recommends: delta", "▸recommends: delt", '"delt" is not an entry. Did you mean delta?'),
    (CASE, "line: 3", "▸line: 0", 'line must be 1 or more, not "0". Correct the number.'),
    (RATED, "features: 5", "▸feature: 5", '"feature" is not a rating of frameworks. Did you mean features?'),
    # stacks, articles
    (STACK, "use-case: back-office", "▸use-case: backoffice", '"backoffice" is not a use case of data/guide/. Did you mean back-office?'),
    (STACK, "article: review", "▸article: reviews", '"reviews" is not an article of data/articles/. Did you mean review?'),
    (STACK, "entry: motor", "▸entry: motors", '"motors" is not an entry. Did you mean motor?'),
    (STACK, "{role: Server, entry: motor", "▸{role: Server", "A part is exactly one thing. Give either entry: (an id) or outside: (a name)."),
    (STACK, "{role: Cache", "▸{role: Cache, entry: motor", "A part is exactly one thing. Give either entry: (an id) or outside: (a name)."),
    (STACK, "verdict: agree", "▸verdict: agreed", 'verdict must be one of agree, with-changes, disagree; not "agreed". Did you mean agree?'),
    (ARTICLE, "link: https", "▸link: http", f'link "http://press.example.org/review/" {NOT_A_LINK}'),
    # matrices, concepts
    (MATRIX, "kind: servers\n    groups: [protocols]", "▸kind: servers", "The table shows nothing. Add criteria, groups, ratings or sections."),
    (MATRIX, "[beta, alpha]", "[beta, ▸motor]", '"motor" is not an entry of frameworks.'),
    (MATRIX, "groups: [asynchrony]", "groups: [▸asynchron]", '"asynchron" is not a group of frameworks. Did you mean asynchrony?'),
    (MATRIX, "criteria: [orm]", "criteria: [▸orn]", '"orn" is not a criterion of frameworks. Did you mean orm?'),
    (MATRIX, "ratings: [features]", "ratings: [▸future]", '"future" is not a rating of frameworks. Did you mean features?'),
    (BY_ENTRY, "rows: entries", "▸rows: entry", 'rows must be one of criteria, entries; not "entry". Did you mean entries?'),
    (SPRING, "[alpha, beta, motor]", "[alpha, ▸betas, motor]", '"betas" is not an entry. Did you mean beta?'),
    (SPRING, "criterion: async-handlers", "▸criterion: async-handler", '"async-handler" is not a criterion of frameworks. Did you mean async-handlers?'),
]  # fmt: skip


QUESTIONS = [
    (SCALES, "credit: 0.8", "▸credit: 8", 'credit must be 1 or less, not "8". Correct the number.'),
    (SCALES, "label: absent, symbol: –, tone: muted", "label: absent, symbol: –, ▸tone: mute", 'tone must be one of supported, external, limited, muted, neutral; not "mute". Did you mean muted?'),
    (KIND, "[licence, docs-tutorial]", "[licence, ▸docs-tutoral]", '"docs-tutoral" is not a shared criterion. Did you mean docs-tutorial? They are listed in data/criteria/shared.yml.'),
    (KIND, "id: data", "▸id: shape", "shape is declared twice. Remove one."),
    (KIND, "{id: admin", "▸{id: websockets", "websockets is declared twice. Remove one."),
    (KIND, '{id: admin, name: Admin, question: "Is there a back office?", scale: capability}', "▸{id: admin, name: Admin, question: Why?}", "admin needs exactly one of scale, values, pattern; it has none."),
    (KIND, "{id: admin,", "▸{id: admin, pattern: x, form: x,", "admin needs exactly one of scale, values, pattern; it has scale, pattern."),
    (KIND, 'objects?", scale: capability', 'objects?", ▸scale: ability', 'scale must be one of capability, presence; not "ability". Did you mean capability?'),
    (SHARED, "pattern: '^[A-Z].*$'", "▸pattern: '['", "pattern is not a regular expression: unterminated character set at position 0. Correct it."),
    (SHARED, "id: licence\n    name: Licence\n    question: Under which licence is it published?\n    pattern: '^[A-Z].*$'\n    form: a licence such as MIT", "▸id: licence\n    name: Licence\n    question: Which?\n    pattern: '.'", "licence has a pattern without form. Add form: and say in words what the pattern allows."),
    (SHARED, "  - id: docs-tutorial", "  - {id: docs-tutorial, name: Lesson, question: A lesson?, scale: presence}\n  - ▸id: docs-tutorial", "docs-tutorial is declared twice. Remove one."),
]  # fmt: skip
"""Mistakes in the questions themselves: answers are then judged by what is left of them, and more is wrong elsewhere."""


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: f"{row[0]}: {row[3]}")
def test_one_mistake_gives_one_message_at_its_place(row, data: Path, problems_of):
    file, old, new, message = row
    place = spoil(data / file, old, new)
    assert problems_of(data) == [f"data/{file}:{place}: {message}"]


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row[0]}: {row[3]}")
def test_a_mistake_in_a_question_is_told_once_in_its_file(row, data: Path, problems_of):
    file, old, new, message = row
    place = spoil(data / file, old, new)
    assert lines_of(file, problems_of(data)) == [f"data/{file}:{place}: {message}"]


def test_a_probe_may_be_contradicted_with_a_reason(data: Path, problems_of):
    spoil(
        data / GAMMA, "async-handlers: built-in", "async-handlers: {value: none, despite-probe: Its build is another.}"
    )
    assert problems_of(data) == []


def test_one_setup_that_agrees_is_enough(data: Path, problems_of):
    spoil(data / REST, "async-handlers: none", "async-handlers: built-in")
    assert problems_of(data) == []


@pytest.mark.parametrize("content", [b"", b"\xff", b"[", b"[]", b"{}", b"[" * 100_000, b'{"ecosystem": []}'])
@pytest.mark.parametrize(
    "file", ["registry/gamma.json", "probes/gamma.json", "smoke/alpha-rest.json", "popularity.json", "blocks.json"]
)
def test_a_result_that_cannot_be_used_names_the_command_that_writes_it_again(file, content, data: Path, problems_of):
    (data / "measured" / file).write_bytes(content)
    found = problems_of(data)
    kind, name = Path(file).parent.name, Path(file).stem
    command = {
        "registry": f"registry {name}",
        "probes": f"probes --setup {name}",
        "smoke": f"smoke {name}",
    }.get(kind, "popularity --live" if name == "popularity" else name)
    assert found
    for line in found:
        assert line.startswith(f"data/measured/{file}:1:")
        assert line.endswith(f" A program writes this file: run python -m lab {command}.")
