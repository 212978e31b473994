# ruff: noqa: E501 - one row, one line
"""One mistake in a folder that is in order, and the one message it gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.schema import routes
from macros.schema.fields import bare, link, package_name, package_page, package_url, plain, slug, tile_form, visible
from macros.schema.words import ELSEWHERE, OTHER_NAMES

HERE = "▸"
"""Where the problem stands; without it at the beginning of the file."""

KEYS = "Keys are best-for, documentation, evidence, history, idioms, inherits, language, name, package, relations, repository, spring, strengths, summary, tile, trade-offs, used-with, website."
NOT_A_LINK = "is not a link that starts with https:// and has no spaces or quotes. Copy it from the browser."
NOT_A_PACKAGE = "is not a package URL. Write pkg:pypi/NAME or pkg:npm/NAME (a scope as pkg:npm/%40scope/name)."
NOT_AN_ID = "is not an id. Use lower-case letters, digits and single hyphens, such as django-ninja."
NOT_A_DAY = "is not a date. Write it as 2026-11-20, without quotes."
A_NUMBER = "must be text. Put it in quotes:"
REGISTRY = "points to a package registry. Write a package URL, such as pkg:pypi/django, where a package is meant."
HOSTS = (("pypi", "org"), ("files", "pythonhosted", "org"), ("www", "npmjs", "com"), ("registry", "npmjs", "org"))
PAGES = [f"https://{'.'.join(words)}/x/" for words in HOSTS]
"""Pages of package registries, whose hosts stand in no file: not even here as one word."""
MARKUP = "has markup or template syntax, which names and summaries may not have. Write plain words."
TWO_LINES = "has a line break or a control character. Write it on one line."
CAPABILITY = "built-in, official-package, third-party, partial, by-hand, none, not-applicable"
EDGES = "built-on, extension-of, successor, forked-to, renamed-to, not-to-be-confused-with"
ONE_THING = "An edge leads to exactly one thing. Give either to: (an entry's id) or outside: (name and link)."
FUTURE = "is in the future (today is 2026-11-20). Write the day you read the page."
HAPPENED = "is in the future (today is 2026-11-20). Write the day it happened."
NO_CREDIT = "have no credit of their own. Add credit: with a number from 0 to 1 for its values."
FIVE_STEPS = "A rule by thresholds needs five steps, from the worst to the best. Correct steps."

ALPHA, BETA, GAMMA, REST, DELTA = (
    f"frameworks/{name}.yml" for name in ("alpha", "beta", "gamma", "alpha-rest", "delta")
)
KIND, SHARED, SCALES = "criteria/frameworks.yml", "criteria/shared.yml", "scales.yml"
SHARE, STEPS, MEASURED = "ratings/features.yml", "ratings/reach.yml", "measured/downloads.yml"
CASE, RATED, STACK, ARTICLE = "guide/async-api.yml", "guide/rated.yml", "stacks/web-app.yml", "articles/review.yml"
MATRIX, BY_ENTRY, SPRING = "matrices/overview.yml", "matrices/ratings.yml", "coming-from/spring.yml"

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
    (ALPHA, "scope: full-stack", "scope: full-stack\n      ▸orm: none", "orm is given twice (first on line 38). Keep one."),
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


def spoil(file: Path, old: str, new: str) -> str:
    """Replace `old`, which stands once in the file, and return the line and column of the mark in `new`."""
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in {file.name}"
    start, mark, _ = before.replace(old, new).partition(HERE)
    file.write_text(before.replace(old, new.replace(HERE, "")), encoding="utf-8")
    return f"{start.count(chr(10)) + 1}:{len(start) - start.rfind(chr(10))}" if mark else "1:1"


def lines_of(file: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"data/{file}:")]


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


def test_a_misspelt_key_is_not_missing_too(data: Path, problems_of):
    spoil(data / ALPHA, "summary:", "sumary:")
    assert problems_of(data) == [f"data/{ALPHA}:7:1: sumary is not a key here. Did you mean summary? {KEYS}"]


@pytest.mark.parametrize(
    ("word", "key"),
    [*OTHER_NAMES.items(), ("home_page", "website"), ("Homepage_URL", "website"), ("best_for", "best-for")],
)
def test_another_word_for_a_key_says_which_key_is_meant(word, key, data: Path, problems_of):
    text = (data / ALPHA).read_text(encoding="utf-8")
    (data / ALPHA).write_text(f"\n{text}".replace(f"\n{key}:", f"\n{word}:", 1), encoding="utf-8")
    (line,) = problems_of(data)
    assert f": {word} is not a key here. Did you mean {key}? Keys are " in line


@pytest.mark.parametrize("word", ["license", "licence", "version", "downloads"])
def test_what_belongs_elsewhere_says_where(word, data: Path, problems_of):
    spoil(data / ALPHA, "tile: Al", f"tile: Al\n{word}: x")
    assert problems_of(data) == [f"data/{ALPHA}:3:1: {word} is not a key here. {ELSEWHERE[word]}"]


def test_a_day_among_the_facts_means_what_its_criterion_asks(data: Path, problems_of):
    """It is not the day on which a page was read: one that is in the future lacks nothing but its quotes."""
    asked = "  - {id: eol, name: End, question: Until when?, pattern: '.+', form: a day}\n  - id: docs-tutorial"
    spoil(data / SHARED, "  - id: docs-tutorial", asked)
    spoil(data / KIND, "[licence, docs-tutorial]", "[licence, docs-tutorial, eol]")
    place = spoil(data / BETA, "admin: by-hand", "▸eol: 2031-01-31")
    assert problems_of(data) == [f'data/{BETA}:{place}: value {A_NUMBER} "2031-01-31".']
    spoil(data / BETA, "2031-01-31", '"2031-01-31"')
    assert problems_of(data) == []


def test_what_is_below_a_misspelt_key_is_read(data: Path, problems_of):
    spoil(data / BETA, "    facts:", "    fcts:")
    spoil(data / BETA, "admin: by-hand", "admin: by_hand")
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        "fcts is not a key here. Did you mean facts? Keys are at, checked, facts, of, source, version.",
        f'admin must be one of {CAPABILITY}; not "by_hand". Did you mean by-hand?',
    ]


def test_what_is_wrong_with_a_list_hides_nothing_else(data: Path, problems_of):
    spoil(data / STACK, "entry: alpha", "entri: alpha")
    spoil(data / STACK, "goal: Pages", "gaol: Pages")
    assert [line.split(": ", 1)[1] for line in problems_of(data)] == [
        "gaol is not a key here. Did you mean goal? Keys are goal, name, parts, said, use-case, verdict, why.",
        "entri is not a key here. Did you mean entry? Keys are because, entry, outside, role.",
    ]


def test_a_value_that_yaml_guesses_hides_no_missing_key(data: Path, problems_of):
    (data / "frameworks/new.yml").write_text("name: no\ntile: Ne\n", encoding="utf-8")
    assert problems_of(data) == [
        f"data/frameworks/new.yml:1:1: {message}"
        for message in (
            "evidence is missing. Add it.",
            "language is missing. Add it.",
            'name is no, which YAML takes for true or false. Put it in quotes ("no") if it is meant as text.',
            "summary is missing. Add it.",
            "website is missing. Add it.",
        )
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "1:1: The file is empty. Fill it or remove it."),
        (b"- name: A list", "1:1: The file must be a mapping of keys to values, such as name: Django."),
        (b"A sentence.", "1:1: The file must be a mapping of keys to values, such as name: Django."),
        (b"name: \xff", "1:7: The file is not UTF-8: byte 0xff. Save it as UTF-8."),
        (b"name: New\n\ttile: Ne", "2:1: There is a tab in the indentation. Indent with two spaces."),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_message(content, message, data: Path, problems_of):
    (data / "frameworks/new.yml").write_bytes(content)
    assert problems_of(data) == [f"data/frameworks/new.yml:{message}"]


@pytest.mark.parametrize("file", [SCALES, SHARED])
def test_files_that_every_kind_needs_are_missed(file, data: Path, problems_of):
    (data / file).unlink()
    assert lines_of(file, problems_of(data)) == [
        f"data/{file}:1:1: The file is missing. Restore it from the repository."
    ]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("frameworks/notes.txt", "notes.txt is not a .yml file. Rename it to notes.yml or remove it."),
        ("frameworks/new.yaml", "new.yaml is not a .yml file. Rename it to new.yml or remove it."),
        ("new.yml", "new.yml is not read: {}"),
        ("frameworks/old/new.yml", "frameworks/old/new.yml is not read: {}"),
        ("coming-from/rails.yml", "coming-from/rails.yml is not read: {}"),
        ("servres/new.yml", "servres/new.yml is not read: {}"),
    ],
)
def test_no_file_is_silently_left_out(file, message, data: Path, problems_of):
    (data / file).parent.mkdir(exist_ok=True)
    (data / file).write_text("name: New", encoding="utf-8")
    folders = "articles, blocks, criteria, frameworks, guide, matrices, measured, ratings, servers, stacks"
    cure = f"records are in the folders {folders}. Move it or remove it."
    assert problems_of(data) == [f"data/{file}:1:1: {message.format(cure)}"]


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "entry.schema.json", "measured/raw/run.json"])
def test_some_files_are_no_records(name, data: Path, problems_of):
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("{}", encoding="utf-8")
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


NO_ID = "is not an id. Rename it with lower-case letters, digits and single hyphens, such as django-ninja.yml."


@pytest.mark.parametrize("name", ["wheel_2", "2wheels", "whéel", "wheel--2", "wheel-", "Wheels", "wheel 2", "wheel.2"])
@pytest.mark.parametrize("folder", ["servers", "stacks", "guide", "matrices", "ratings", "articles", "blocks"])
def test_a_file_name_is_an_id(folder, name, data: Path, problems_of):
    if folder == "servers":
        spoil(data / "servers/wheel.yml", "tile: Wh", "tile: Wi")
    shutil.copy(sorted((data / folder).glob("*.yml"))[-1], data / folder / f"{name}.yml")
    spoiled = lines_of(f"{folder}/{name}.yml", problems_of(data))
    assert spoiled[:1] == [f'data/{folder}/{name}.yml:1:1: The file name "{name}" {NO_ID}']


def test_an_id_may_not_read_like_a_pair(data: Path, problems_of):
    (data / "frameworks/gamma.yml").rename(data / "frameworks/gamma-vs-beta.yml")
    assert lines_of("frameworks/gamma-vs-beta.yml", problems_of(data)) == [
        'data/frameworks/gamma-vs-beta.yml:1:1: The file name "gamma-vs-beta" contains the word vs, '
        "which joins two names in addresses. Rename it."
    ]


@pytest.mark.parametrize("name", [*routes.SECTIONS, "articles", "blocks", "criteria", "measured", "ratings"])
def test_a_kind_may_not_take_an_address_of_the_site(name, data: Path, problems_of):
    content = "name: X\nsingular: x\nsummary: A kind.\nposition: 9\ngroups: []\n"
    (data / f"criteria/{name}.yml").write_text(content, encoding="utf-8")
    (data / BY_ENTRY).rename(data / "matrices/by-entry.yml")
    assert problems_of(data) == [
        f"data/criteria/{name}.yml:1:1: {name} is the name of a part of the site or of data/. Choose another name."
    ]


def test_a_matrix_may_not_take_the_address_of_a_kind(data: Path, problems_of):
    (data / BY_ENTRY).rename(data / "matrices/servers.yml")
    assert problems_of(data) == [
        "data/matrices/servers.yml:1:1: servers is the address of the full matrix of a kind. Rename the file."
    ]


@pytest.mark.parametrize("name", ["health", "behaviour"])
def test_a_matrix_may_not_take_the_address_of_another_page(name, data: Path, problems_of):
    (data / BY_ENTRY).rename(data / f"matrices/{name}.yml")
    assert problems_of(data) == [
        f"data/matrices/{name}.yml:1:1: matrix/{name}/ is the address of another page. Rename the file."
    ]


def test_two_files_may_not_have_one_id(data: Path, problems_of):
    shutil.copy(data / GAMMA, data / "servers/gamma.yml")
    assert [line for line in problems_of(data) if "The id gamma" in line] == [
        "data/frameworks/gamma.yml:1:1: The id gamma is also that of data/servers/gamma.yml. Rename one of them.",
        "data/servers/gamma.yml:1:1: The id gamma is also that of data/frameworks/gamma.yml. Rename one of them.",
    ]


def test_a_tile_that_two_entries_have_is_reported_at_both_with_free_ones(data: Path, problems_of):
    place = spoil(data / DELTA, "tile: De", "▸tile: Be")
    assert problems_of(data) == [
        f"data/{BETA}:{place}: The tile Be is also that of data/{DELTA}. "
        "Change one of them. For this entry Bt, Ba, Bb are free.",
        f"data/{DELTA}:{place}: The tile Be is also that of data/{BETA}. "
        "Change one of them. For this entry De, Dl, Dt are free.",
    ]


def test_two_files_may_not_differ_in_case_alone(data: Path, problems_of):
    text = (data / GAMMA).read_text(encoding="utf-8").replace("tile: Ga", "tile: Gm")
    (data / "frameworks/GAMMA.yml").write_text(text, encoding="utf-8")
    if len(list((data / "frameworks").glob("*.yml"))) < 6:
        pytest.skip("this file system knows no case")
    assert problems_of(data) == [
        f'data/frameworks/GAMMA.yml:1:1: The file name "GAMMA" {NO_ID}',
        f"data/frameworks/GAMMA.yml:1:1: The id GAMMA is also that of data/{GAMMA}. Rename one of them.",
        f"data/{GAMMA}:1:1: The id gamma is also that of data/frameworks/GAMMA.yml. Rename one of them.",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.djangoproject.com/",
        "https://example.org",
        "https://example.org:8443/a/b.html?c=d&e=f#g",
        "https://de.example.org/wiki/Zürich_(Stadt)",
    ],
)
def test_links(address):
    assert link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "HTTPS://example.org/",
        "//example.org/",
        "/matrix/",
        "example.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "https:javascript:alert(1)",
        "data:text/html,x",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://localhost/",
        "https://192.0.2.1/",
        'https://example.org/"onclick="x',
        "https://example.org/'x",
        "https://example.org/<b>",
        "https://example.org/a b",
        "https://example.org/{{ x }}",
        "https://example.org/\n",
        " https://example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org?x=1",
        "",
    ],
)
def test_no_links(address):
    with pytest.raises(ValueError, match="is not a link"):
        link(address)


@pytest.mark.parametrize("address", PAGES)
def test_links_to_registries_are_package_urls_instead(address):
    with pytest.raises(ValueError, match="points to a package registry"):
        link(address)


@pytest.mark.parametrize(
    ("purl", "name"),
    [
        ("pkg:pypi/django", "django"),
        ("pkg:npm/express", "express"),
        ("pkg:npm/%40nestjs/core", "@nestjs/core"),
    ],
)
def test_package_urls(purl, name):
    assert package_url(purl) == purl
    assert package_name(purl) == name
    assert package_page(purl).startswith("https://")
    assert name.rpartition("/")[2] in package_page(purl)


@pytest.mark.parametrize(
    "purl",
    ["", "django", "pypi/django", "pkg:", "pkg:pypi", "pkg:pypi/", "pkg:pypi/a/b", "pkg:gem/rails", "pkg:pypi/a@1", "pkg:pypi/a?b=c", "pkg:pypi/a#b", "pkg:pypi/<b>", "pkg:npm/[", "pkg:npm/%22/x", "javascript:alert(1)"],
)  # fmt: skip
def test_no_package_urls(purl):
    with pytest.raises(ValueError, match="is not a package URL"):
        package_url(purl)


@pytest.mark.parametrize("text", ["", "A", "a_b", "a--b", "-a", "a-", "1a", "a b", "ä", "a\n", "a/b", "..", "a.b"])
def test_no_ids(text):
    with pytest.raises(ValueError, match="is not an id"):
        slug(text)


@pytest.mark.parametrize("text", ["DJ", "D", "dj", "Djo", "D1", "Äö", "Dj\n", ""])
def test_no_tiles(text):
    with pytest.raises(ValueError, match="is not a tile"):
        tile_form(text)


@pytest.mark.parametrize(
    "text", ["a\nb", "a\x00", "a\x1bb", "a\x7fb", "a\x9fb", "a\u2028b", "a\u2029b", "a\x85b", "a\tb"]
)
def test_no_plain_texts(text):
    with pytest.raises(ValueError, match="has a line break or a control character"):
        plain(text)


def test_plain_texts_keep_what_they_say():
    assert plain(" <b> & \"'`|{{ x }} אב é 👍 ") == "<b> & \"'`|{{ x }} אב é 👍"


UNSEEN = {
    "\u202e": "U+202E (right-to-left override)",
    "\u2066": "U+2066 (left-to-right isolate)",
    "\u200f": "U+200F (right-to-left mark)",
    "\u061c": "U+061C (arabic letter mark)",
    "\u200b": "U+200B (zero width space)",
    "\u200d": "U+200D (zero width joiner)",
    "\u2060": "U+2060 (word joiner)",
    "\ufeff": "U+FEFF (zero width no-break space)",
    "\u00ad": "U+00AD (soft hyphen)",
    "\U000e0041": "U+E0041 (tag latin capital letter a)",
}


@pytest.mark.parametrize("check", [plain, bare, visible, link])
@pytest.mark.parametrize(("sign", "said"), UNSEEN.items(), ids=UNSEEN.values())
def test_what_cannot_be_seen_is_refused_by_name(check, sign, said):
    with pytest.raises(ValueError, match=re.escape(f"contains {said}, which cannot be seen. Remove it.")):
        check(f"https://example.org/a{sign}b")


@pytest.mark.parametrize("written", ["\u202e", r'"Al\u202epha"'], ids=["as it is", "as an escape"])
def test_a_name_that_reads_backwards_is_refused(written, data: Path, problems_of):
    spoil(data / ALPHA, "name: Alpha", f"name: {written if len(written) > 1 else f'Al{written}pha'}")
    said = "contains U+202E (right-to-left override), which cannot be seen. Remove it."
    assert problems_of(data) == [f'data/{ALPHA}:1:1: name "Al\\u202epha" {said}']


def test_a_key_that_reads_backwards_is_refused(data: Path, problems_of):
    spoil(data / ALPHA, "tile: Al", "tile: Al\n\u202espring: x")
    said = r'The key "\u202espring" contains U+202E (right-to-left override). Remove it.'
    assert problems_of(data) == [f"data/{ALPHA}:3:1: {said}"]
