"""Which licence a package has, and where that was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Classifiers that name one licence. Those of BSD and Apache name several, so they are not here."""
TEXTS = {
    "MIT": ("permission is hereby granted, free of charge, to any person", "the software is provided"),
    "Apache-2.0": ("apache license", "version 2.0, january 2004"),
    "ISC": ("permission to use, copy, modify, and/or distribute this software for any purpose",),
    "MPL-2.0": ("mozilla public license version 2.0",),
}
"""Phrases that only this licence's text has, in lower case."""
BSD = "redistribution and use in source and binary forms"
NO_ENDORSEMENT = ("to endorse or promote", "neither the name")


def recognised(text: str) -> str | None:
    """Return the SPDX name of the licence whose text this is, or None if it is none or several."""
    flat = " ".join(text.lower().split())
    found = [name for name, phrases in TEXTS.items() if all(phrase in flat for phrase in phrases)]
    if BSD in flat:
        found.append("BSD-3-Clause" if any(phrase in flat for phrase in NO_ENDORSEMENT) else "BSD-2-Clause")
    return found[0] if len(found) == 1 else None


def expression(text: str) -> str | None:
    """Return the text as an SPDX expression, or None if it is not one."""
    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return None


def licence(metadata: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the SPDX expression and what it was read from; None if nothing names exactly one.

    `metadata` is that of the release, `texts` are the licence files in it, by name.
    """
    for field, shown in (("license_expression", "License-Expression"), ("license", "License")):
        stated = metadata.get(field) or ""
        if found := expression(stated):
            return found, f"the field {shown} of the release's metadata"
        if found := recognised(stated):
            return found, f"the licence text in the field {shown} of the release's metadata"
    names = {name: found for name, text in texts.items() if (found := recognised(text))}
    if len(set(names.values())) == 1:
        name, found = next(iter(names.items()))
        return found, f"the text of {name}"
    declared = {CLASSIFIERS[name] for name in metadata.get("classifiers", ()) if name in CLASSIFIERS}
    return (declared.pop(), "the classifier") if len(declared) == 1 else None
