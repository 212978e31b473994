"""Badges: what they say, and that every sign fits."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from macros.views.badges import badge, badge_path, words_of

S = "{http://www.w3.org/2000/svg}"


def test_a_badge_says_how_much_is_recorded_and_when_it_was_read(catalog):
    assert words_of(catalog.entries["beta"]) == "8 facts, checked 20 Nov 2026"
    assert badge_path(catalog.entries["beta"]) == "badges/beta.svg"


def test_the_status_goes_with_the_name(catalog):
    assert words_of(catalog.entries["delta"]).startswith("successor exists: ")


def test_no_name_can_leave_its_attribute(catalog):
    beta = catalog.entries["beta"]
    odd = replace(beta, record=beta.record.model_copy(update={"name": '"/><script>&'}))
    root = ET.fromstring(badge(odd))
    assert root.get("aria-label").startswith('"/><script>& in ')
    assert {element.tag for element in root.iter()} == {
        f"{S}{name}" for name in ("svg", "title", "rect", "path", "text")
    }


def test_what_is_written_fits_into_the_picture(catalog):
    for entry in catalog.entries.values():
        root = ET.fromstring(badge(entry))
        for text in root.iter(f"{S}text"):
            assert int(text.get("x")) + int(text.get("textLength")) < int(root.get("width"))
