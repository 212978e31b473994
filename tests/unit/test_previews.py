"""Pictures for links: their form, their size, and what they depend on."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from macros.plugin.pages import page_specs
from macros.plugin.state import picture_of
from macros.rendering.previews import SIZE, TEXT_SIZE, Preview, draw, wrapped

PAIR = Preview(("Al", "Be"), "Alpha vs Beta", "Alpha or Beta? REST API: Alpha, 82 against 74 points.")
MOST_BYTES = 20_000


def opened(preview: Preview) -> Image.Image:
    return Image.open(BytesIO(draw(preview)))


def test_a_picture_has_the_size_that_sites_ask_for_and_few_bytes():
    picture = opened(PAIR)
    assert (picture.format, picture.size, picture.mode) == ("PNG", SIZE, "P")
    assert len(draw(PAIR)) < MOST_BYTES
    longest = Preview(("Mm", "Ww"), "Wide words " * 9, "Wide words and more of them " * 9)
    assert len(draw(longest)) < MOST_BYTES * 1.5


def test_the_same_words_give_the_same_bytes_and_others_another_picture():
    assert draw(PAIR) == draw(PAIR)
    others = [PAIR._replace(title="Alpha vs Gamma"), PAIR._replace(text="Other."), PAIR._replace(tiles=("Al",))]
    assert len({draw(found) for found in (PAIR, *others)}) == 4
    assert len({found.key for found in (PAIR, *others)}) == 4
    assert Preview((), "ab", "c").key != Preview((), "a", "bc").key


def test_nothing_is_drawn_beyond_the_margin():
    wide = opened(Preview(("Al",), "Wmwm " * 12, "Wmwm " * 60)).convert("L")
    paper = wide.getpixel((0, 0))
    right, bottom = SIZE
    assert {wide.getpixel((right - 10, row)) for row in range(bottom)} == {paper}
    assert {wide.getpixel((column, bottom - 5)) for column in range(right)} == {paper}


def test_a_text_that_is_too_long_ends_with_an_ellipsis():
    assert wrapped("one two", TEXT_SIZE, 1000, 3) == (["one two"], True)
    lines, whole = wrapped("word " * 100, TEXT_SIZE, 1000, 3)
    assert (len(lines), whole) == (3, False)
    assert lines[-1].endswith(" …")
    assert wrapped("", TEXT_SIZE, 1000, 3) == ([], True)
    assert wrapped("W" * 200, TEXT_SIZE, 1000, 3)[1] is False


def test_signs_that_the_font_lacks_do_not_stop_it():
    assert opened(Preview(("Al",), "Älpha 漢字 🙂", "→ “x” … – ½")).size == SIZE


def test_pages_of_entries_pairs_criteria_use_cases_and_tables_have_one(site):
    first = {spec.template: spec for spec in page_specs(site) if spec.has_picture}
    assert set(first) == {"entry.html", "pair.html", "criterion.html", "use_case.html", "matrix.html"}
    pair = picture_of(next(spec for spec in page_specs(site) if spec.url == "compare/alpha-vs-delta/"))
    assert (pair.title, pair.tiles) == ("Alpha vs Delta (successor exists)", ("Al", "De"))
