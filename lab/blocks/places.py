"""Where each block belongs: its framework, the files it is pasted into, and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
PASTED_INTO = ("config/settings.py",)
"""Files that exist already; the block is pasted at their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block is pasted.

    `parts` are its files, each with the line at which its part begins; `today` is the same for the current form, if it
    belongs elsewhere. `after` are the blocks that the current form needs, in their current forms; `after_printed` are
    those that the printed block needs in context, as printed. `beside` are files of support/, by their name beside the
    current form.
    """

    framework: str
    parts: Mapping[str, str]
    today: Mapping[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    after_printed: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def today_parts(self) -> Mapping[str, str]:
        """Return the files of the current form, each with the line at which its part begins."""
        return self.today or self.parts


API = {"bookapi/models.py": "models.py", "bookapi/services.py": "services.py"}

PLACES: Mapping[str, Place] = {
    "01": Place(
        framework="django",
        parts={"books/models.py": "# models.py", "books/views.py": "# views.py", "books/urls.py": "# urls.py"},
    ),
    "02": Place(framework="fastapi", parts={"main.py": ""}, today={"bookapi/main.py": ""}, after=("05",), beside=API),
    "03": Place(framework="flask", parts={"app.py": ""}),
    "04": Place(framework="django", parts={"books/queries.py": ""}, after=("01",), after_printed=("01",)),
    "05": Place(framework="fastapi", parts={"database.py": ""}, today={"bookapi/database.py": ""}, beside=API),
    "06": Place(
        framework="flask",
        parts={"reports.py": ""},
        after=("03",),
        after_printed=("03",),
        beside={"reviews.py": "reviews.py"},
    ),
    "07": Place(
        framework="fastapi",
        parts={"performance.py": ""},
        today={"bookapi/performance.py": ""},
        after=("02", "05"),
        after_printed=("02",),
        beside=API,
    ),
    "08": Place(
        framework="django",
        parts={"books/performance.py": ""},
        after=("01",),
        after_printed=("01",),
        beside={"books/statistics.py": "statistics.py"},
    ),
    "09": Place(
        framework="flask",
        parts={"caching.py": ""},
        after=("03",),
        after_printed=("03",),
        beside={"stats.py": "stats.py"},
    ),
    "10": Place(
        framework="django",
        parts={
            "books/management/commands/import_books.py": "",
            "books/admin.py": "# Admin interface customization",
        },
        after=("01",),
        after_printed=("01",),
    ),
    "11": Place(
        framework="fastapi",
        parts={"test_main.py": ""},
        today={"bookapi/test_main.py": ""},
        after=("02", "05"),
        after_printed=("02",),
        beside=API,
    ),
    "12": Place(framework="flask", parts={"tooling.py": ""}, after=("03",), after_printed=("03",)),
    "13": Place(
        framework="django",
        parts={"config/settings.py": "", "books/security.py": "# CSRF protection"},
        after=("01",),
        after_printed=("01",),
    ),
    "14": Place(
        framework="fastapi",
        parts={"security.py": ""},
        today={"bookapi/security.py": ""},
        after=("05",),
        after_printed=("02",),
        beside=API,
    ),
    "15": Place(framework="flask", parts={"forms.py": ""}, after=("03",), after_printed=("03",)),
    "16": Place(framework="django", parts={"config/settings.py": ""}, after=("01",), after_printed=("01",)),
    "17": Place(
        framework="fastapi", parts={"main.py": ""}, today={"bookapi/production.py": ""}, after=("05",), beside=API
    ),
    "18": Place(framework="flask", parts={"app/__init__.py": ""}, beside={"app/books.py": "blueprint.py"}),
}
"""Every block by its number in the article."""


def split(text: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Return the text by file: each part begins at the line that starts with its marker."""
    lines = text.splitlines(keepends=True)
    starts = [
        0 if not mark else next(i for i, line in enumerate(lines) if line.startswith(mark)) for mark in parts.values()
    ]
    ends = [*starts[1:], len(lines)]
    return {file: "".join(lines[start:end]) for file, start, end in zip(parts, starts, ends, strict=True)}


def printed(number: str) -> str:
    """Return the block as it is printed."""
    return (HERE / number / "printed.py").read_text(encoding="utf-8")


def today(number: str) -> str:
    """Return the current form."""
    return (HERE / number / "today.py").read_text(encoding="utf-8")


def _put(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        there = file.read_text(encoding="utf-8") if name in PASTED_INTO and file.is_file() else ""
        file.write_text(there + text, encoding="utf-8")


def context(number: str) -> dict[str, str]:
    """Return what a printed block assumes, by file."""
    folder = HERE / number / "context"
    files = (file for file in sorted(folder.rglob("*.py")) if "__pycache__" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def has_context(number: str) -> bool:
    """Return whether a printed block assumes anything."""
    return bool(PLACES[number].after_printed or context(number))


def place_printed(number: str, folder: Path, in_context: bool) -> None:
    """Put the printed block into the folder; in context, after what it assumes."""
    place = PLACES[number]
    if in_context:
        for earlier in place.after_printed:
            place_printed(earlier, folder, True)
    files = split(printed(number), place.parts)
    given = context(number) if in_context else {}
    _put(folder, {name: given.get(name, "") + text for name, text in files.items()})
    _put(folder, {name: text for name, text in given.items() if name not in files})


def place_today(number: str, folder: Path) -> None:
    """Put the current form into the folder, with the blocks and the files that it imports."""
    place = PLACES[number]
    for earlier in place.after:
        place_today(earlier, folder)
    _put(folder, split(today(number), place.today_parts))
    support = {name: (HERE / "support" / source).read_text(encoding="utf-8") for name, source in place.beside.items()}
    _put(folder, support)
