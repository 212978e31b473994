"""The picture that is shown where somebody links to a page: its name and its first sentences, in the site's own face.

A picture has one ink on paper in eight shades: few bytes, and quick to draw.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from macros.cache.digests import of_files, of_releases, of_text

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
"""What sites that show links ask for (https://ogp.me/), in points."""
FONT = Path(__file__).parents[2] / "docs" / "assets" / "fonts" / "newsreader-600.woff2"
PAPER, INK = (251, 250, 246), (27, 94, 73)
SHADES = 8
FULL, SOFT = SHADES - 1, 5
"""How much ink: the title, and what stands below it. The canvas holds shades, from 0 for paper."""
MARGIN, TILE, LEADING, EDGE = 80, 104, 1.25, 2
TITLE_SIZES = (84, 72, 60, 50)
"""Of the title: the largest at which it has at most two lines."""
TEXT_SIZE, TEXT_LINES, FOOT_SIZE = 36, 3, 32
SITE = "Backend Field Guide"
COMPRESSION = 5
"""The level of zlib: the next one takes twice the time and saves 3 %."""
UNDRAWABLE = re.compile(r"[^\x20-\u024f\u2010-\u2026\u2190-\u2193\u2212]")
"""Signs that the font may not have."""


class Preview(NamedTuple):
    """What a picture shows: the tiles of the entries, the title, and the sentences below it."""

    tiles: tuple[str, ...]
    title: str
    text: str

    @property
    def key(self) -> str:
        """Return the digest of everything that the picture depends on."""
        return of_text(_made_with(), *self.tiles, self.title, self.text)


@cache
def _made_with() -> str:
    return of_text(of_files((Path(__file__), FONT)), of_releases(("pillow",)))


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - slow to import, and not needed where nothing has changed

    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def _width(word: str, size: int) -> float:
    return _font(size).getlength(word)


@lru_cache(maxsize=8192)
def _word(word: str, size: int, ink: int) -> Image:
    """Return a word as a picture, with EDGE points around it: most words are on many pictures."""
    from PIL import Image as Images  # noqa: PLC0415 - see above
    from PIL import ImageDraw  # noqa: PLC0415

    picture = Images.new("L", (round(_width(word, size)) + 2 * EDGE, round(size * 1.4)), 0)
    ImageDraw.Draw(picture).text((EDGE, 0), word, font=_font(size), fill=ink)
    return picture


def wrapped(text: str, size: int, width: float, most: int) -> tuple[list[str], bool]:
    """Return the lines of a text, at most so many, and whether all of it is there; else it ends with an ellipsis."""
    lines: list[str] = []
    used, blank = 0.0, _width(" ", size)
    for word in text.split():
        long = _width(word, size)
        if lines and used + blank + long <= width:
            lines[-1] += f" {word}"
            used += blank + long
        elif len(lines) == most:
            lines[-1] = f"{lines[-1].rstrip('.,;:')} …"
            return lines, False
        else:
            lines.append(word)
            used = long
    return lines, all(_width(line, size) <= width for line in lines)


def draw(preview: Preview) -> bytes:
    """Return the picture as PNG."""
    from PIL import Image as Images  # noqa: PLC0415 - see above
    from PIL import ImageDraw  # noqa: PLC0415

    canvas = Images.new("L", SIZE, 0)
    pen = ImageDraw.Draw(canvas)
    width = SIZE[0] - 2 * MARGIN
    top = _tiles(pen, preview.tiles)
    title = UNDRAWABLE.sub("?", preview.title)
    size = next((size for size in TITLE_SIZES if wrapped(title, size, width, 2)[1]), TITLE_SIZES[-1])
    top = _lines(canvas, wrapped(title, size, width, 2)[0], size, top, FULL) + 16
    text = UNDRAWABLE.sub("?", preview.text)
    _lines(canvas, wrapped(text, TEXT_SIZE, width, TEXT_LINES)[0], TEXT_SIZE, top, SOFT)
    _lines(canvas, [SITE], FOOT_SIZE, SIZE[1] - MARGIN - FOOT_SIZE // 2, FULL)
    canvas.putpalette(_palette())
    written = BytesIO()
    canvas.save(written, "PNG", bits=4, compress_level=COMPRESSION)
    return written.getvalue()


def _tiles(pen: ImageDraw, tiles: tuple[str, ...]) -> int:
    """Draw the tiles in a row; return where what follows begins."""
    for index, letters in enumerate(tiles):
        left = MARGIN + index * (TILE + 20)
        pen.rounded_rectangle((left, MARGIN - 20, left + TILE, MARGIN - 20 + TILE), radius=12, outline=FULL, width=5)
        middle = (left + TILE / 2, MARGIN - 20 + TILE / 2)
        pen.text(middle, letters, font=_font(56), fill=FULL, anchor="mm")
    return MARGIN - 20 + (TILE + 26 if tiles else 40)


def _lines(canvas: Image, lines: list[str], size: int, top: int, ink: int) -> int:
    """Draw the lines below each other; return where what follows begins."""
    for line in lines:
        left = float(MARGIN)
        for word in line.split():
            canvas.paste(_word(word, size, ink), (round(left) - EDGE, top))
            left += _width(word, size) + _width(" ", size)
        top += round(size * LEADING)
    return top


@cache
def _palette() -> list[int]:
    """Return the shades from paper to ink."""
    steps = range(SHADES)
    return [round(p + (i - p) * step / (SHADES - 1)) for step in steps for p, i in zip(PAPER, INK, strict=True)]
