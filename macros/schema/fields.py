"""The kinds of text and number that fields hold: each returns the value, or says what is wrong with it and the cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from unicodedata import category, name

from packageurl import PackageURL
from packageurl.contrib.purl2url import get_repo_url
from packaging.version import InvalidVersion, Version
from pydantic import AfterValidator, BeforeValidator, Field

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


REGISTRY_HOST = re.compile(r"(^|\.)(pypi\.org|pythonhosted\.org|npmjs\.(com|org))$")


MARKUP = re.compile(r"[<>]|\{\{|\{%|\{#")


def unseen(text: str) -> str | None:
    """Return the first character that cannot be seen and may change what is read, as `U+202E (right-to-left override)`.

    These are the format characters of Unicode: the controls of direction, zero-width characters, soft hyphens, tags.
    Return None if there is none.
    """
    found = None if text.isprintable() else next((sign for sign in text if category(sign) == "Cf"), None)
    return f"U+{ord(found):04X} ({name(found, 'a format character').lower()})" if found else None


def visible(text: str) -> str:
    """Return the text if everything in it can be seen."""
    if found := unseen(text):
        raise ValueError(f"contains {found}, which cannot be seen. Remove it.")
    return text


def slug(text: str) -> str:
    """Return the text if it is an id: lower-case words of letters and digits, joined by hyphens."""
    if not re.fullmatch(ID_PATTERN, text):
        raise ValueError("is not an id. Use lower-case letters, digits and single hyphens, such as django-ninja.")
    return text


def plain(text: str) -> str:
    """Return the text if it can be shown: not empty, one line, without control or invisible characters."""
    if not text.strip():
        raise ValueError("is empty. Write something or remove the line.")
    text = text.strip()
    if not text.isprintable() and any(category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        raise ValueError("has a line break or a control character. Write it on one line.")
    return visible(text)


def bare(text: str) -> str:
    """Return the text if it has neither markup nor template syntax: titles and the search show it."""
    if MARKUP.search(text):
        raise ValueError("has markup or template syntax, which names and summaries may not have. Write plain words.")
    return plain(text)


def link(text: str) -> str:
    """Return the text if it is an https address outside the package registries."""
    host = re.fullmatch(r"https://([A-Za-z0-9.-]+\.[A-Za-z]{2,})(:\d+)?(/[^\s<>\"'`{}|\\^]*)?", text)
    if not host:
        raise ValueError(
            "is not a link that starts with https:// and has no spaces or quotes. Copy it from the browser."
        )
    if REGISTRY_HOST.search(host[1].lower()):
        raise ValueError(
            "points to a package registry. Write a package URL, such as pkg:pypi/django, where a package is meant."
        )
    return visible(text)


def package_url(text: str) -> str:
    """Return the text if it is a package URL of PyPI or npm (https://github.com/package-url/purl-spec)."""
    wrong = "is not a package URL. Write pkg:pypi/NAME or pkg:npm/NAME (a scope as pkg:npm/%40scope/name)."
    try:
        package = PackageURL.from_string(text)
    except ValueError:
        raise ValueError(wrong) from None
    known = package.type in ("pypi", "npm") and re.fullmatch(r"[A-Za-z0-9._-]+", package.name)
    scope = package.namespace is None or (
        package.type == "npm" and re.fullmatch(r"@[a-z0-9-~][a-z0-9-._~]*", package.namespace)
    )
    if not known or not scope or package.qualifiers or package.subpath or package.version:
        raise ValueError(wrong)
    return text


@lru_cache(maxsize=4096)
def package_name(purl: str) -> str:
    """Return what people call the package: `flask`, `@nestjs/core`."""
    package = PackageURL.from_string(purl)
    return f"{package.namespace}/{package.name}" if package.namespace else str(package.name)


@lru_cache(maxsize=4096)
def package_page(purl: str) -> str:
    """Return the address of the package's page in its registry, as packageurl-python knows it."""
    return str(get_repo_url(purl))  # type: ignore[no-untyped-call]


def release(text: str) -> str:
    """Return the text if it is the version of a release: `6.1`, `5.2.1`, `v2.0.0-rc.1`."""
    try:
        Version(plain(text).removeprefix("v"))
    except InvalidVersion:
        raise ValueError(
            "is not a release. Write the numbers of the release that was read, such as 5.2.1; "
            "the repository of the pages or the changelog tells it."
        ) from None
    return plain(text)


ELLIPSIS = " … "
"""What parts the first words of a passage from the last ones."""


def passage(text: str) -> str:
    """Return the text if it points at a passage: up to five words, or the first and last words, five each at most.

    The two sides are parted by ` … `. It is a pointer for a text fragment, not a quotation.
    """
    sides = plain(text).split(ELLIPSIS)
    if len(sides) > 2 or any(not 1 <= len(side.split()) <= 5 for side in sides):
        raise ValueError(
            "is not a pointer to a passage. Write its first and last words, at most five on each side: "
            "first words … last words."
        )
    return ELLIPSIS.join(" ".join(side.split()) for side in sides)


def tile_form(text: str) -> str:
    """Return the text if it is a tile: a capital letter and a small one."""
    if not re.fullmatch(r"[A-Z][a-z]", text):
        raise ValueError("is not a tile. Write a capital and a small letter, such as Dj.")
    return text


def listed(value: Any) -> Any:
    """Accept a single value in place of a list with one item."""
    return value if isinstance(value, list) else [value]


def as_field(name: str) -> Callable[[Any], Any]:
    """Accept a scalar in place of a mapping with this one key."""

    def widen(value: Any) -> Any:
        return value if isinstance(value, dict) else {name: value}

    return widen


Id = Annotated[str, AfterValidator(slug)]


Plain = Annotated[str, AfterValidator(plain)]


Bare = Annotated[str, AfterValidator(bare)]


Note = Annotated[str, Field(max_length=240), AfterValidator(plain)]


Markdown = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(visible)]


Link = Annotated[str, AfterValidator(link)]


Package = Annotated[str, AfterValidator(package_url)]


Release = Annotated[str, AfterValidator(release)]


Passage = Annotated[str, AfterValidator(passage)]


Day = Annotated[date, Field(strict=True)]


Ids = Annotated[tuple[Id, ...], BeforeValidator(listed)]


Share = Annotated[float, Field(ge=0, le=1, strict=True)]
