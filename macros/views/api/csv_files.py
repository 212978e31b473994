"""CSV files, and what a Data Package says of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | float | date | None

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet program may take for a formula; the last four are the wide forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, the type of its cells, and what it says."""

    name: str
    title: str
    description: str = ""
    type: Literal["string", "number", "integer", "boolean", "date"] = "string"
    values: tuple[str, ...] = ()
    """The only values that there may be, where they are known."""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file: its address from the root of the API, its columns, its rows, and the columns that tell rows apart."""

    path: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def csv(self) -> bytes:
        """Return the file as RFC 4180 describes it, in UTF-8: what is not known is empty."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows(map(_written, self.rows))
        return text.getvalue().encode()


def _written(row: Iterable[Cell]) -> list[str]:
    return [written(cell) for cell in row]


def written(cell: Cell) -> str:
    """Return the text of a cell; a text that a spreadsheet program may take for a formula gets an apostrophe in front.

    This is what OWASP advises against CSV injection (https://owasp.org/www-community/attacks/CSV_Injection): for cells
    that begin with = + - @, a tab, a carriage return or a line feed. Its other advice, to quote separators and double
    quotation marks, is what the writer does. Numbers cannot be formulas and stay as they are.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)
