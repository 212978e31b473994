"""A small picture for an entry's own README: how many facts are recorded, and when they were read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from macros.catalog.model import Entry
from macros.views.text import long_date, plural

SVG = "http://www.w3.org/2000/svg"
LABEL = "Field Guide"
HEIGHT, PADDING, SIZE = 20, 8, 11
NARROW, WIDE = set("fijlrtI.,:; |'"), set("mwMWABCDEFGHKNOPQRSTUVXYZ%")
"""Letters whose width is far from the average one."""


def badge_path(entry: Entry) -> str:
    """Return where the badge of an entry is, from the root of the site."""
    return f"badges/{entry.id}.svg"


def words_of(entry: Entry) -> str:
    """Return what the badge says: `67 facts, checked 29 Nov 2026`; before it the status that is told."""
    day = entry.usual_day or entry.last_checked
    facts = f"{plural(entry.answered, 'fact')}, checked {long_date(day)}"
    return f"{entry.told}: {facts}" if entry.told else facts


def badge(entry: Entry) -> bytes:
    """Return the badge as SVG, readable on any background."""
    words = words_of(entry)
    left, right = _width(LABEL) + 2 * PADDING, _width(words) + 2 * PADDING
    title = f"{entry.name} in Backend Field Guide: {words}"
    size = {"width": str(left + right), "height": str(HEIGHT), "viewBox": f"0 0 {left + right} {HEIGHT}"}
    root = ET.Element("svg", {"xmlns": SVG, **size, "role": "img", "aria-label": title})
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "rect", {"width": str(left + right), "height": str(HEIGHT), "rx": "3", "fill": "#fbfaf6"})
    ET.SubElement(root, "path", {"d": f"M3 0h{left - 3}v{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z", "fill": "#1b5e49"})
    border = {"x": ".5", "y": ".5", "width": str(left + right - 1), "height": str(HEIGHT - 1), "rx": "2.5"}
    ET.SubElement(root, "rect", {**border, "fill": "none", "stroke": "#1b5e49"})
    face = {"font-family": "Verdana, DejaVu Sans, sans-serif", "font-size": str(SIZE), "y": "14"}
    for text, start, colour in ((LABEL, PADDING, "#fbfaf6"), (words, left + PADDING, "#1e2421")):
        drawn = {**face, "x": str(start), "fill": colour, "textLength": str(_width(text))}
        ET.SubElement(root, "text", drawn).text = text
    content: bytes = ET.tostring(root, encoding="utf-8")
    return content


def _width(text: str) -> int:
    """Return about how wide a text is; the picture fits its letters to it."""
    return round(sum(3.9 if sign in NARROW else 8.2 if sign in WIDE else 6.6 for sign in text))
