"""From the address of a page to the files that it can be made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lab.citations.markup import DOCUMENTATION, PROGRAMS

GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/(blob|tree|raw)/(.+))?/?$")
RAW = re.compile(r"https://raw\.githubusercontent\.com/([\w.-]+)/([\w.-]+)/(.+)$")
GUESSES = (*DOCUMENTATION, *PROGRAMS)
VERSIONS = re.compile(r"^(?:en|latest|stable|master|main|dev|v?\d+(?:\.\d+)*(?:\.x)?|v?\d+(?:_\d+)+)$")
"""Parts of an address that choose a language or a release."""
SOURCES = tuple(f"{suffix}.txt" for suffix in DOCUMENTATION)
"""How Sphinx names the source of a page that it serves."""


def repository_of(address: str) -> str | None:
    """Return `owner/name` of an address of GitHub, in lower case; None for other addresses, issues and releases."""
    if raw := RAW.match(without_fragment(address)):
        return f"{raw[1]}/{raw[2]}".lower()
    found = GITHUB.match(without_fragment(address))
    return f"{found[1]}/{found[2]}".lower() if found else None


def ref_and_path(address: str) -> str:
    """Return what follows /blob/ or /tree/ in an address of GitHub: `3.1.3/docs/api.rst`; empty for a repository."""
    if raw := RAW.match(without_fragment(address)):
        return unquote(raw[3])
    found = GITHUB.match(without_fragment(address))
    return unquote(found[4] or "").rstrip("/") if found else ""


def without_fragment(address: str) -> str:
    """Return the address without what follows `#` or `?`."""
    return re.split(r"[#?]", address, maxsplit=1)[0]


def page_path(address: str, prefix: str) -> str:
    """Return what follows the prefix in the address of a page, without parts that choose a language or a release."""
    rest = without_fragment(address).removeprefix(without_fragment(prefix).rstrip("/"))
    if rest == without_fragment(address):
        rest = urlsplit(rest).path
    parts = [unquote(part) for part in rest.split("/") if part]
    while parts and (VERSIONS.match(parts[0]) or parts[0] == "_sources"):
        parts.pop(0)
    return "/".join(parts).removesuffix(".txt") if rest.endswith(SOURCES) else "/".join(parts)


def likely(page: str, files: Sequence[str], folder: str) -> list[str]:
    """Return the files that a page is made from, the likeliest first; `folder` is where the pages are.

    `async-await/` is async-await.rst, .md or .mdx, or async-await/index.*, or else a file of that name anywhere below
    the folder.
    """
    stem = re.sub(r"\.(?:html?|md|rst)$", "", page).rstrip("/")
    start = f"{folder.strip('/')}/" if folder.strip("/") else ""
    names = {f"{start}{stem}{suffix}": rank for rank, suffix in enumerate(GUESSES)} if stem else {}
    base = f"{start}{stem}/" if stem else start
    indexes = {f"{base}{name}{suffix}".lower(): 0 for name in ("index", "README", "_index") for suffix in GUESSES}
    exact = {name.lower() for name in names}
    direct = [file for file in files if file.lower() in exact] + [file for file in files if file.lower() in indexes]
    last = plain(stem.rpartition("/")[2])
    same = [file for file in files if last and plain(PurePosixPath(file).stem) == last and file not in direct]
    parent = [file for file in files if last and plain(PurePosixPath(file).parent.name) == last and _index(file)]
    return direct + nearest(stem, same) + nearest(stem, [file for file in parent if file not in direct])


def _index(file: str) -> bool:
    return PurePosixPath(file).stem.lower() in ("index", "readme", "_index")


def plain(name: str) -> str:
    """Return a name without the number that sorts it, and without what parts its words: `01-Async_Await`."""
    return re.sub(r"[\W_]+", "", re.sub(r"^\d+[-_.]", "", name.lower()))


def nearest(page: str, files: Iterable[str]) -> list[str]:
    """Return the files, those first that share most words with the address of the page, short ones first."""
    wanted = set(re.findall(r"[a-z0-9]+", page.lower()))

    def distance(file: str) -> tuple[int, int, str]:
        return -len(wanted & set(re.findall(r"[a-z0-9]+", file.lower()))), file.count("/"), file

    return sorted(files, key=distance)
