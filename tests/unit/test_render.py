"""Contributed text comes out as text, on every page there is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from macros.checks.load import load
from macros.code.applications import digest
from macros.plugin.pages import page_specs
from macros.plugin.search import of_generated
from macros.reading.folders import Folders
from macros.rendering.environment import Renderer
from macros.rendering.filters import host, markdown
from macros.rendering.parts import Parts
from macros.schema import fields, routes
from macros.views.entries import entry_view
from macros.views.kinds import kind_table
from macros.views.site import Site
from macros.views.text import fixed, long_date, number, percent, plural, size
from tests.unit.markup import Elements, read

HOSTILE = [
    "<script>alert(1)</script>\"'><img onerror=x>",
    "{{ 7*7 }}{% raw %}{# x #}&lt;b&gt;&amp;&#60;&",
    "`c` **b** | [x](javascript:alert(1)) אב",
    "--></td></table></title></script><svg/onload=x>",
]
"""A name takes 60 characters, so there are several."""
TOKEN = "qzqzq"
STATED = """
name summary note text question meaning label why goal says role like ends is concept what caption publisher unit
command since singular form yardstick examples licence best-for purpose today deprecated removed was now quote
"""
"""Keys of records below which every text is free."""
SENTENCES = f"{STATED} because"
"""In use cases and stacks `because` is a sentence, elsewhere a list of criteria."""
MEASURED = """
command version licence reason file id aliases dates-from read-from direct requires-python development-status node
not-available error counts adapter runtime server packages environments question request status headers body figures
code message category cpu system architecture
"""
"""Keys of readings below which every text is free; code is coloured by what it says (see test_blocks)."""
BOOKS = "command reason runtime packages cpu system architecture"
"""And below which it is in the results of the Books application, where an outcome is one of three words."""
CITED = "command release why file word"
"""And below which it is in what became of words, which are the same as in the record."""
BENCHED = "command title request server runtime packages wrong words cpu system architecture"
"""And below which it is in a run of the benchmarks."""
NOT_SHOWN = {"Coming from Spring", "Example Press", "a licence such as MIT"}
"""Texts that no page shows: a title that the page has itself, a publisher, a form that stands in messages."""


def poisoned(value: Any, text: str, keys: str, free: bool = False) -> Any:
    """Return the data with the text behind every free text."""
    if isinstance(value, dict):
        return {key: poisoned(item, text, keys, free or key in keys.split()) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, text, keys, free) for item in value]
    return f"{value} ! {text}" if free and isinstance(value, str) else value


def poisoned_record(file: Path, text: str) -> Any:
    keys = SENTENCES if file.parent.name in ("guide", "stacks") else STATED
    return poisoned(yaml.safe_load(file.read_text(encoding="utf-8")), text, keys)


def poisoned_site(good: Path, folder: Path, text: str) -> Site:
    """Return a site whose free texts all end in the given one."""
    shutil.copytree(good.parent, folder.parent, dirs_exist_ok=True)
    poison_applications(folder, text)
    for file in folder.rglob("*.yml"):
        dumped = yaml.safe_dump(poisoned_record(file, text), allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(dumped, encoding="utf-8")
    for file in folder.rglob("*.json"):
        keys = {"books": BOOKS, "citations": CITED, "benchmarks": BENCHED}.get(file.parent.name, MEASURED)
        reading = poisoned(json.loads(file.read_text(encoding="utf-8")), text, keys)
        file.write_text(json.dumps(reading), encoding="utf-8")
    return Site(load(Folders.around(folder), date(2026, 11, 20)))


def poison_applications(data: Path, text: str) -> None:
    """Put the text behind what applications declare and into their code, and let their results fit the files."""
    for file in (data.parent / "lab/apps").glob("*/app.yml"):
        dumped = poisoned(yaml.safe_load(file.read_text(encoding="utf-8")), text, "uses reason none")
        file.write_text(yaml.safe_dump(dumped, allow_unicode=True, sort_keys=False), encoding="utf-8")
        notice = file.parent / "books" / "notice.txt"
        notice.write_text(notice.read_text(encoding="utf-8").replace("A notice", text), encoding="utf-8")
        result = data / f"measured/books/{file.parent.name}.json"
        found = json.loads(result.read_text(encoding="utf-8"))
        result.write_text(json.dumps(found | {"files": digest(file.parent)}), encoding="utf-8")


@pytest.fixture
def hostile_site(good: Path, tmp_path: Path, monkeypatch) -> Callable[[str], Site]:
    """Return a function that gives a site full of a hostile text, in names too: their check is off."""
    monkeypatch.setattr(fields, "MARKUP", re.compile("(?!)"))
    return lambda text: poisoned_site(good, tmp_path / "data", text)


def scalars(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in scalars(item)]
    return [value] if isinstance(value, str) else []


parsed = cache(read)  # to read a page takes longer than to render it


def elements(html: str) -> Elements:
    return parsed(html)[0]


def text_of(html: str) -> str:
    return parsed(html)[1]


@pytest.fixture(scope="module")
def harmless(good, tmp_path_factory, pages_of) -> dict[str, str]:
    return pages_of(poisoned_site(good, tmp_path_factory.mktemp("harmless") / "data", TOKEN))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_hostile_comes_out_as_text_everywhere(hostile, harmless, hostile_site, pages_of):
    pages = pages_of(hostile_site(hostile))
    assert pages.keys() == harmless.keys()
    for name, html in pages.items():
        expected = [
            (tag, {key: value.replace(TOKEN, hostile) for key, value in attributes.items()})
            for tag, attributes in elements(harmless[name])
        ]
        assert elements(html) == expected, name
        assert text_of(html).casefold() == text_of(harmless[name]).replace(TOKEN, hostile).casefold(), name


def test_every_template_is_among_these_pages(unseen_templates):
    assert unseen_templates == set()


def test_nearly_every_page_shows_contributed_text(harmless):
    fixed = {
        "api_examples()",
        "api_places()",
        "comparison()",
        "fields()",
        "figures()",
        "use_case('tiny',)",
        "use_case('odd-server',)",
    }
    fixed |= {f"{url}index.html" for url in routes.MOVED}
    assert {name for name, html in harmless.items() if TOKEN not in html.casefold()} == fixed


def test_every_text_of_a_record_is_shown_somewhere(harmless, good):
    shown = "\n".join(map(text_of, harmless.values())).casefold()
    hidden = []
    for file in sorted(set(good.rglob("*.yml")) - set(good.glob("measured/*"))):
        texts = [text for text in scalars(poisoned_record(file, TOKEN)) if text.endswith(f" ! {TOKEN}")]
        hidden += [text.removesuffix(f" ! {TOKEN}") for text in texts if text.casefold() not in shown]
    assert set(hidden) <= NOT_SHOWN


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_search_results_hold_text(hostile, hostile_site):
    site = hostile_site(hostile)
    """The script of the search writes text, never markup, so nothing is escaped here."""
    found = of_generated(page_specs(site), site)
    assert f"Alpha ! {hostile}" in [name for _, _, name, *_ in found["entries"]]
    assert any(hostile in said for *_, said in found["facts"])


def test_links_lead_to_https_or_into_the_site(harmless):
    for name, html in harmless.items():
        for _, attributes in elements(html):
            for key in ("href", "src", "action"):
                assert re.match(r"https://|\.{1,2}/|#|$", attributes.get(key, "")), (name, attributes)


def test_what_is_outside_and_has_no_page_is_named_without_a_link(data, pages_of):
    stack = data / "stacks" / "web-app.yml"
    stack.write_text(stack.read_text(encoding="utf-8").replace(', link: "https://cachier.example.org/"', ""), "utf-8")
    pages = pages_of(Site(load(Folders.around(data), date(2026, 11, 20))))
    assert "<bdi>Cachier</bdi>" in pages["stacks()"]
    assert not any('="None"' in html for html in pages.values())


def test_an_undefined_name_in_a_template_is_an_error(site):
    with pytest.raises(UndefinedError):
        Renderer(site)("redirect.html", "./", target="../x/")


def test_an_address_leads_from_the_depth_of_the_page(site):
    renderer = Renderer(site)
    view = kind_table(site, site.catalog.kinds["servers"])
    assert 'href="../servers/motor/"' in renderer("entry_list.html", "../", view=view)
    assert 'href="./servers/motor/"' in renderer("entry_list.html", "./", view=view)


def test_an_aged_form_says_since_when(site):
    alpha = site.catalog.entries["alpha"]
    dated = alpha.record.idioms[0].model_copy(update={"since": "2.4"})
    view = entry_view(site, replace(alpha, record=alpha.record.model_copy(update={"idioms": (dated,)})))
    html = Renderer(site)("entry.html", "../../", view=view, edit_url="")
    assert "since 2.4" in text_of(html)


def test_the_indentation_of_a_template_weighs_on_no_page(site):
    code = "  <p>\n    a\n  </p>\n  <pre class='x'>\n    b\n  </pre>\n"
    environment = Renderer(site).environment
    assert environment.from_string(code).render() == "<p>\na\n</p>\n<pre class='x'>\n    b\n  </pre>"
    with pytest.raises(TemplateSyntaxError) as error:
        environment.from_string("<p>\n\n  {% nothing %}\n</p>")
    assert error.value.lineno == 3


def test_the_markup_of_a_fact_is_made_once_for_each_depth(site):
    renderer = Renderer(site)
    beta = site.catalog.entries["beta"]
    one = renderer._part("../")("side", beta, beta.facts["orm"])
    del renderer._modules["../"].side  # whoever makes it again finds nothing to make it with
    again, deeper = (renderer._part(root)("side", beta, beta.facts["orm"]) for root in ("../", "../../"))
    assert (again, type(again)) == (one, Markup)
    assert one != deeper


def test_what_is_forgotten_is_made_again():
    parts, made = Parts(), iter((Markup("“a”"), Markup("b")))
    assert [parts.once(("x", 1), lambda: next(made)) for _ in range(2)] == ["“a”", "“a”"]
    parts.forget()
    assert parts.once(("x", 1), lambda: next(made)) == "b"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One *line* with `code`.", "<p>One <em>line</em> with <code>code</code>.</p>"),
        ("**Strong**", "<p><strong>Strong</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a", "<ol>\n<li>a</li>\n</ol>"),
        ("[x](https://example.org/)", '<p><a href="https://example.org/">x</a></p>'),
        ("<https://example.org/>", '<p><a href="https://example.org/">https://example.org/</a></p>'),
        ('[x](https://example.org/ "title")', '<p><a href="https://example.org/" title="title">x</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ("[x](http://example.org/)", "<p><a>x</a></p>"),
        ("[x](//example.org/)", "<p><a>x</a></p>"),
        ("[x](/matrix/)", "<p><a>x</a></p>"),
        ("[x](mailto:a@example.org)", "<p><a>x</a></p>"),
        ("![x](https://example.org/x.png)", "<p></p>"),
        ("a{: onclick=alert(1) }", "<p>a{: onclick=alert(1) }</p>"),
        ("{{ 7*7 }} {% raw %}", "<p>{{ 7*7 }} {% raw %}</p>"),
        ("--8<-- 'file'", "<p>--8&lt;-- 'file'</p>"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
    ],
)
def test_markdown_is_sanitised(source, expected):
    assert str(markdown(source)).strip() == expected


def test_the_introduction_of_a_matrix_is_markdown(site, pages_of):
    html = pages_of(site)["matrix/overview/"]
    assert "The <em>first</em> table" in html
    assert '<a href="https://servers.example.org/">servers</a>' in html


def test_filters(today):
    assert long_date(today) == "20 Nov 2026"
    assert host("https://www.djangoproject.com/start/") == "djangoproject.com"
    assert host("https://docs.djangoproject.com") == "docs.djangoproject.com"
    assert [number(value) for value in (0, 0.5, 12.0, 1200, 1234567.25)] == ["0", "0.5", "12", "1,200", "1,234,567.25"]
    assert (fixed(2), fixed(0.456, 2), percent(0.426), size(99_999), size(2_150_000)) == (
        *("2.0", "0.46", "43 %", "100 kB"),
        "2.1 MB",
    )


@pytest.mark.parametrize(
    ("count", "nouns", "text"),
    [
        (0, ("line",), "0 lines"),
        (1, ("line",), "1 line"),
        (1200, ("line",), "1,200 lines"),
        (["a"], ("criterion", "criteria"), "1 criterion"),
        ([], ("criterion", "criteria"), "0 criteria"),
    ],
)
def test_a_count_has_its_noun(count, nouns, text):
    assert plural(count, *nouns) == text
