"""Markup taken out of reStructuredText, Markdown, MDX, HTML and docstrings, so that the words of the page remain.

Every line stays where it is, so that a place in the text has the line of the file. A file can be read in more than one
way: a page of GitHub shows a program as it is written, a generated page shows its docstrings without their markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import PurePosixPath

RST, MARKDOWN, HTML = (".rst", ".rest", ".txt"), (".md", ".mdx", ".markdown"), (".html", ".htm")
DOCUMENTATION = (*RST, *MARKDOWN, *HTML, ".adoc")
"""Names of files that are pages of a documentation."""
PROGRAMS = (".py", ".pyi", ".ts", ".tsx", ".js", ".mjs", ".cjs", ".toml", ".json", ".yml", ".yaml", ".cfg", ".jinja")
"""Names of other files that a page can be: what GitHub shows, and what pages are generated from."""
INLINE = frozenset(
    "a abbr b bdi cite code dfn em font i kbd mark q s samp small span strong sub sup tt u var wbr".split()  # noqa: SIM905 - one line
)
"""Elements of HTML that do not part words."""
HIDDEN = {"script", "style", "template", "noscript", "svg", "head"}


def _lines(text: str) -> str:
    """Return the line breaks of a text that is taken out, so that the lines after it keep their numbers."""
    return "\n" * text.count("\n")


# HTML


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.line, self.hidden = 1, 0

    def _upto(self, text: str) -> None:
        missing = self.getpos()[0] - self.line
        self.parts.append("\n" * max(missing, 0) + text)
        self.line += max(missing, 0) + text.count("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN
        if tag not in INLINE:
            self._upto(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        if tag not in INLINE:
            self._upto(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._upto(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self._upto(data)


def of_html(text: str) -> str:
    """Return what a browser shows of HTML, scripts and styles left out."""
    parser = _Visible()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


# Markdown and MDX

FENCE = (
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)\n(?P<code>.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
)
MD_PARTS = re.compile(
    rf"(?P<block>{FENCE})"
    r"|(?P<myst>\{[\w:.+-]+\})(?P<ticks>`+)(?P<role>.+?)(?P=ticks)"
    r"|(?P<open>`+)(?!`)(?P<inline>.+?)(?<!`)(?P=open)(?!`)"
    r"|(?P<comment><!--.*?-->|\{/\*.*?\*/\})"
    r"|!\[(?P<alt>[^\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])"
    r"|(?<!\])\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\](?:\((?:[^()\n]|\([^()\n]*\))*\)(?:\{[^{}\n]*\})?|\[[^\]\n]*\])"
    r"|^[ \t]*\[[^\]\n]+\]:[ \t]*(?P<target>\S+[^\n]*)$"
    r"|^[ \t]*(?P<admonition>(?:!!!|\?\?\?\+?|///|:::+)(?![ \t]+[\w]+\.[\w.]+)[ \t]*\[?[\w-]*[^\w\n]*)"
    r"|(?P<attributes>\{[:]?[ \t]*[#.][^{}\n]*\})"
    r"|^(?P<module>(?:import[ \t][^\n]*from[ \t]*['\"][^\n]*|import[ \t]+['\"][^\n]*|@@(?:filename|switch)[^\n]*))$"
    r"|(?P<tag></?(?P<name>[A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>)",
    re.DOTALL | re.MULTILINE,
)


def _md_part(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["block"] is not None:
        return "\n" + parts["code"] + _lines(found[0][found.end("code") - found.start() :])
    if parts["role"] is not None:
        return _role_text(parts["role"])
    if parts["inline"] is not None:
        return str(parts["inline"])
    if parts["text"] is not None:
        return MD_PARTS.sub(_md_part, parts["text"]) + _lines(found[0].replace(parts["text"], "", 1))
    if parts["tag"] is not None:
        return ("" if parts["name"].lower() in INLINE else " ") + _lines(found[0])
    return " " + _lines(found[0])


ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def _entity(found: re.Match[str]) -> str:
    return html.unescape(found[0]).replace("\n", " ")


def of_markdown(text: str) -> str:
    """Return the words of Markdown, MDX, or MyST: no targets of links, no tags, no names of directives."""
    return ENTITY.sub(_entity, MD_PARTS.sub(_md_part, text))


# reStructuredText

VERSIONS = {
    "versionadded": "Added in version", "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version", "versionremoved": "Removed in version",
}  # fmt: skip
"""What Sphinx writes for a directive."""
NO_ARGUMENT = (
    "index|image|figure|include|literalinclude|toctree|code-block|code|sourcecode|highlight|module|currentmodule"
    "|py:module|py:currentmodule|contents|raw|container|only|tab-set|grid|automodule|autoclass|autofunction"
    "|automethod|autodata|autoattribute|autoexception|sectionauthor|meta|literal|parsed-literal|csv-table|list-table"
)
RST_PARTS = re.compile(
    r"^[ \t]*\.\.[ \t]+(?P<target>_[^\n]*:[^\n]*)$"
    r"|^[ \t]*\.\.[ \t]+\|[^|\n]+\|(?P<substitution>[^\n]*)$"
    rf"|^[ \t]*\.\.[ \t]+(?P<bare>{NO_ARGUMENT})::[^\n]*$"
    r"|^[ \t]*\.\.[ \t]+(?P<directive>[\w:.+-]+)::"
    r"|^[ \t]*\.\.[ \t]+(?P<comment>[^\n]*)$"
    r"|^[ \t]+:(?P<option>[a-z-]+):[ \t]*(?:[\w.,/-]*)$"
    r"|:(?P<role>[\w:.+-]+):`(?P<roled>[^`]+)`"
    r"|``(?P<code>.+?)``"
    r"|`(?P<text>[^`]+)`(?:__?|:[\w:]+:)?"
    r"|(?P<footnote>\[[#*\w-]*\]_)",
    re.MULTILINE | re.DOTALL,
)
TITLED = re.compile(r"^(?P<title>.+?)\s*<(?P<target>[^<>]*)>$", re.DOTALL)
ROLES: Mapping[str, Callable[[str], str]] = {
    "pep": lambda number: f"PEP {number}",
    "rfc": lambda number: f"RFC {number}",
    "issue": lambda number: f"#{number}",
}
"""Roles that write more than their text."""


def _role_text(text: str) -> str:
    """Return what a role shows: its title, the last part of a name after `~`, or the text."""
    if titled := TITLED.match(text):
        return titled["title"] + _lines(titled["target"])
    if text.startswith("~"):
        return text[1:].rsplit(".", 1)[-1]
    return text.removeprefix("!")


def _rst_part(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["directive"] is not None:
        return f" {VERSIONS.get(parts['directive'], '')} "
    if parts["roled"] is not None:
        return ROLES.get(parts["role"], _role_text)(parts["roled"])
    if parts["code"] is not None:
        return str(parts["code"])
    if parts["text"] is not None:
        return _role_text(parts["text"])
    return " " + _lines(found[0])


def of_rst(text: str) -> str:
    """Return the words of reStructuredText: no directives, roles or targets, but what they show."""
    return RST_PARTS.sub(_rst_part, text)


def readings(name: str, text: str) -> tuple[str, ...]:
    """Return the texts that a file gives, each with the lines of the file; the likeliest first."""
    suffix = PurePosixPath(name).suffix.lower()
    text = text.replace("\r\n", "\n")
    if suffix in MARKDOWN:
        return of_markdown(text), of_rst(text)
    if suffix in HTML:
        return of_html(text), text
    if suffix in RST or not suffix:
        return of_rst(text), of_markdown(text)
    if suffix in PROGRAMS:
        return text, of_rst(text), of_markdown(text)
    return (text,)
