"""The files of an application: their language, the lines that count, and the names that they use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache

from markupsafe import Markup
from pygments.lexers import get_lexer_for_filename
from pygments.util import ClassNotFound

from macros.code.analysis import MARK, Analyses, Analysis, File
from macros.code.applications import Application, files_of
from macros.code.scopes import Name

NOT_COUNTED = (
    *("tests/*", "*/tests/*", "test/*", "README.md", "*.md", "app.yml", "hello.*", "src/hello.*"),
    *("requirements*", "package.json", "package-lock.json", ".gitignore", "Makefile", ".prettier*", "eslint.config.*"),
    *("pytest.ini", "jest.config.*", "vitest.config.*", "tsconfig*.json", "nest-cli.json"),
)
"""Files of an application that are not counted: its tests, its lock, the settings of formatters and test runners."""


LANGUAGES = {
    "Procfile": "yaml",
    **dict.fromkeys(("in", "txt"), "text"),
    **dict.fromkeys(("html", "jinja", "j2", "njk", "jinja2"), "html+jinja"),
    **dict.fromkeys(("js", "mjs", "cjs"), "javascript"),
    **dict.fromkeys(("ts", "mts", "cts"), "typescript"),
    **{"py": "python", "json": "json", "yml": "yaml", "yaml": "yaml", "md": "markdown", "ini": "ini", "toml": "toml"},
}
"""The language of a file by the end of its name. Pygments knows more, and takes half a second to look there."""


@dataclass(frozen=True)
class Source(File):
    """A file of an application: its text, the language for highlighting, and whether its lines count."""

    counted: bool = True
    analyses: Analyses = field(default_factory=Analyses, compare=False, repr=False)
    """What is read out of it and the other files of its application."""

    def __post_init__(self) -> None:
        """Be one of the files that are read together."""
        self.analyses.files.append(self)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return its lines without line ends."""
        return tuple(self.text.removesuffix("\n").split("\n"))

    @property
    def html(self) -> Markup:
        """Return it as HTML, with spans around what has a colour; each is closed on its line."""
        return Markup(self.analyses.html(self.path))  # noqa: S704 - made by `highlight`, which escapes

    @property
    def shown(self) -> Markup:
        """Return it as HTML without the marks of regions, which say nothing to a reader."""
        lines = zip(self.lines, str(self.html).split("\n"), strict=False)
        kept = (html for text, html in lines if "region" not in text or not MARK.match(text))
        return Markup("\n".join(kept))  # noqa: S704 - lines are left out, none is changed

    @property
    def code(self) -> frozenset[int]:
        """Return the numbers, from 1, of the lines that are neither blank nor only a comment or docstring."""
        return self._analysis.code

    @property
    def _analysis(self) -> Analysis:
        return self.analyses.of(self.path)

    @property
    def error(self) -> tuple[int, int] | None:
        """Return the line and column, from 1, of what its parser cannot read; None if it reads everything."""
        return self.analyses.errors.get(self.path)

    @property
    def names(self) -> Mapping[int, frozenset[Name]]:
        """Return what each line uses of what the file imports from outside the application.

        Of a module that is imported as a whole each attribute used is a name (`jwt.encode`), as if it had been
        imported; in JavaScript so is each of an imported object (`z.string`).
        """
        return self._analysis.usage.names

    @property
    def imports(self) -> frozenset[int]:
        """Return the numbers of the lines of import statements: they count in the whole and in no task."""
        return self._analysis.usage.imports


def language_of(path: str) -> str:
    """Return the language of a file as Pygments calls it; `text` where it knows none."""
    name = path.rpartition("/")[2]
    return _language_of(f"file.{name.rpartition('.')[2]}" if "." in name else name)


@cache
def _language_of(name: str) -> str:
    if known := LANGUAGES.get(name.rpartition(".")[2]):
        return known
    try:
        return str(get_lexer_for_filename(name).aliases[0])
    except ClassNotFound:
        return "text"


def sources(application: Application, analyses: Analyses) -> tuple[Source, ...]:
    """Return the files of an application that hold text, in the order of their paths."""
    found = []
    files = files_of(application.folder)
    parts = [file.relative_to(application.folder).parts for file in files if file.suffix == ".py"]
    own = frozenset(path[0].removesuffix(".py") for path in parts)
    for file in files:
        path = file.relative_to(application.folder).as_posix()
        if path in ("requirements.txt", "package-lock.json"):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found.append(Source(path, text, language_of(path), own, _counted(path, application), analyses))
    return tuple(found)


def _counted(path: str, application: Application) -> bool:
    generated = [pattern for given in application.record.generated for pattern in (given, f"{given.rstrip('/')}/*")]
    return not any(fnmatch(path, pattern) for pattern in (*NOT_COUNTED, *generated))
