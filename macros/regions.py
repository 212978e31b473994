"""Regions of an application's files: what a page shows of it, what it costs in lines and names."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property, lru_cache
from pathlib import Path
from textwrap import dedent

from markupsafe import Markup
from pygments.lexers import get_lexer_for_filename
from pygments.util import ClassNotFound

from macros import applications, highlight
from macros.applications import Application, digest, direct_dependencies, files_of
from macros.records import Problem

TASKS: Mapping[str, tuple[str, str]] = {
    "first-response": ("First response", "What is the smallest program that answers?"),
    "routing": ("Routing", "How does an address reach a function, and its id become a number?"),
    "validation": ("Validation", "How are the rules of a book written, and how are they applied?"),
    "errors": ("Errors", "How do errors become answers that a machine can read?"),
    "database": ("Database", "How are tables and sessions declared, and books counted by author in one query?"),
    "transaction": ("Transaction", "How are thousands of books stored, all or none?"),
    "pagination": ("Pagination", "How is a list filtered and cut into pages?"),
    "authentication": ("Authentication", "How is a bearer token given and checked?"),
    "templates": ("Templates", "How is a page with a search made, with everything escaped?"),
    "streaming": ("Streaming", "How is a CSV file sent while it is being made?"),
    "background": ("Background work", "How is something done after the response?"),
    "live": ("Live updates", "How are clients told of what happens?"),
    "testing": ("Testing", "How is it tested without a server?"),
    "configuration": ("Configuration", "How are settings read from the environment and checked?"),
    "command-line": ("Command line", "How is a command added that imports a file?"),
    "deployment": ("Deployment", "How is it started, watched and stopped?"),
}
"""Name and question of each task, in the order in which pages list them."""
NOT_COUNTED = (
    *("tests/*", "*/tests/*", "test/*", "README.md", "app.yml", "requirements.*", "package.json", "package-lock.json"),
    *("pytest.ini", "hello.*", "src/hello.*", "eslint.config.*", ".prettier*", "tsconfig*.json", "nest-cli.json"),
    *("jest.config.*", "vitest.config.*", ".gitignore", "*.md"),
)
"""Files of an application that are not counted: its tests, its lock, the settings of formatters and test runners."""
MARK = re.compile(r"^\s*(?:#|//|/\*|<!--|\{#-?|\{\{!--|<%#|--|;)\s*(region|endregion)\b[ \t]*([a-z-]*)")
IMPORT_OF_JS = re.compile(
    r"""^import\s+(?:type\s+)?(?P<what>[\w*\s{},$]+?)\s+from\s+['"](?P<module>[^'"]+)['"]"""
    r"""|^(?:const|let|var)\s+(?P<bound>\w+|\{[^}]*\})\s*=\s*require\(['"](?P<required>[^'"]+)['"]\)""",
    re.MULTILINE,
)
NODE_MODULES = {"assert", "buffer", "child_process", "crypto", "events", "fs", "http", "module", "os", "path", "stream",
                "string_decoder", "test", "timers", "url", "util", "worker_threads"}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A file of an application: its text, the language for highlighting, and whether its lines count."""

    path: str
    """The path in the application's folder."""
    text: str
    language: str
    counted: bool

    @property
    def html(self) -> tuple[Markup, ...]:
        """Return its lines with what has a colour marked up."""
        return highlight.lines(self.text, self.language)

    @cached_property
    def code(self) -> frozenset[int]:
        """Return the numbers, from 1, of the lines that are neither blank nor only a comment or docstring."""
        lines = enumerate(self.text.splitlines(), 1)
        if self.language == "text":
            return frozenset(at for at, line in lines if line.strip() and not line.lstrip().startswith("#"))
        return highlight.read(self.text, self.language)[1] - {at for at, line in lines if MARK.match(line)}

    @cached_property
    def names(self) -> dict[int, frozenset[str]]:
        """Return what each line uses of what the file imports from outside the application.

        Of a module that is imported as a whole each attribute used is a name (`jwt.encode`), as if it had been
        imported; in JavaScript so is each of an imported object (`z.string`).
        """
        if self.language == "python":
            return _names_of_python(self.text)
        return _names_of_javascript(self.text) if self.language in ("javascript", "typescript") else {}

    @cached_property
    def imports(self) -> frozenset[int]:
        """Return the numbers of the lines of import statements: they count in the whole and in no task."""
        if self.language == "python":
            nodes = ast.walk(_tree(self.text))
            spans = [(n.lineno, n.end_lineno or n.lineno) for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)]
        elif self.language in ("javascript", "typescript"):
            starts = [(match.start(), match.end()) for match in IMPORT_OF_JS.finditer(self.text)]
            spans = [(self.text.count("\n", 0, one) + 1, self.text.count("\n", 0, end) + 1) for one, end in starts]
        else:
            spans = []
        return frozenset(number for first, last in spans for number in range(first, last + 1))


@dataclass(frozen=True)
class Region:
    """Lines of one file that belong to one task, without empty lines around them."""

    task: str
    source: Source
    first: int
    last: int

    @property
    def file(self) -> str:
        """Return the path in the application's folder."""
        return self.source.path

    @cached_property
    def text(self) -> str:
        """Return what stands there, without the indentation that all lines share."""
        return dedent("\n".join(self.source.text.splitlines()[self.first - 1 : self.last]))

    @cached_property
    def html(self) -> tuple[Markup, ...]:
        """Return its lines with what has a colour marked up, without the indentation that all lines share."""
        whole = self.source.text.splitlines()[self.first - 1]
        shared = len(whole) - len(whole.lstrip())
        cut = re.compile(rf'^(<span class="\w+">)? {{{shared}}}')
        lines = self.source.html[self.first - 1 : self.last]
        return tuple(Markup(cut.sub(r"\1", str(line))) for line in lines) if shared else lines  # noqa: S704 - only blanks went

    @cached_property
    def lines(self) -> int:
        """Return how many are neither blank, nor only a comment or docstring, nor an import."""
        return len((self.source.code - self.source.imports).intersection(range(self.first, self.last + 1)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return what is used of what the file imports from outside the application: `flask.Blueprint`."""
        used = (self.source.names.get(number, frozenset()) for number in range(self.first, self.last + 1))
        return frozenset().union(*used)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task, or an application, takes: lines, files, names imported, packages they come from."""

    lines: int
    files: int
    names: frozenset[str]

    @property
    def packages(self) -> frozenset[str]:
        """Return the packages beside the standard library that the names come from."""
        return frozenset(filter(None, map(package_of, self.names)))


def language_of(path: str) -> str:
    """Return the language of a file as Pygments calls it; `text` where it knows none."""
    name = path.rpartition("/")[2]
    if name == "Procfile":
        return "yaml"
    if name.endswith((".html", ".jinja", ".j2", ".njk", ".jinja2")):
        return "html+jinja"
    if name.endswith((".in", ".txt")):
        return "text"
    try:
        return str(get_lexer_for_filename(name).aliases[0])
    except ClassNotFound:
        return "text"


def sources(application: Application) -> tuple[Source, ...]:
    """Return the files of an application that hold text, in the order of their paths."""
    found = []
    for file in files_of(application.folder):
        path = file.relative_to(application.folder).as_posix()
        if path in ("requirements.txt", "package-lock.json"):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found.append(Source(path, text, language_of(path), _counted(path, application)))
    return tuple(found)


def _counted(path: str, application: Application) -> bool:
    generated = [pattern for given in application.record.generated for pattern in (given, f"{given.rstrip('/')}/*")]
    return not any(fnmatch(path, pattern) for pattern in (*NOT_COUNTED, *generated))


def regions(application: Application, found: tuple[Source, ...], shown: str) -> tuple[list[Region], list[Problem]]:
    """Return the regions of the files, and what is wrong with their marks; `shown` is the path of the folder."""
    made: list[Region] = []
    problems: list[Problem] = []
    for source in found:
        made += _regions_of(source, f"{shown}/{source.path}", problems)
    for task in TASKS.keys() - {region.task for region in made} - application.record.absent.keys():
        message = f"No file has a region {task}. Put “region {task}” and “endregion” in comments around its code."
        problems.append(Problem(f"{shown}/app.yml", 1, 1, message))
    problems += [problem for source in found if (problem := _unreadable(source, f"{shown}/{source.path}"))]
    order = list(TASKS)
    return sorted(made, key=lambda region: (order.index(region.task), *_rank(region))), problems


def _rank(region: Region) -> tuple[bool, int, str, int]:
    """Code before templates and settings, what is longest first."""
    is_code = language_of(region.file) in ("python", "javascript", "typescript")
    return not is_code, region.first - region.last, region.file, region.first


def _unreadable(source: Source, path: str) -> Problem | None:
    """Return a problem if Python code cannot be parsed by the Python that builds the site."""
    try:
        if source.language == "python":
            ast.parse(source.text)
    except SyntaxError as error:
        message = f"This Python cannot read the file: {error.msg}. Write it in the syntax of Python 3.11."
        return Problem(path, error.lineno or 1, error.offset or 1, message)
    return None


def _regions_of(source: Source, path: str, problems: list[Problem]) -> Iterator[Region]:
    opened = None
    for number, line in enumerate(source.text.splitlines(), 1):
        mark = MARK.match(line)
        if not mark:
            continue
        if mark[1] == "region":
            if opened:
                problems.append(
                    Problem(path, number, 1, f"The region of line {opened[1]} has not ended. End it before.")
                )
            if mark[2] not in TASKS:
                problems.append(Problem(path, number, 1, f"“{mark[2]}” is not a task. They are {', '.join(TASKS)}."))
            opened = (mark[2], number)
        elif not opened:
            problems.append(
                Problem(path, number, 1, "This endregion ends nothing. Remove it, or begin a region above.")
            )
        else:
            if opened[0] in TASKS:
                yield _region(source, opened[0], opened[1] + 1, number - 1)
            opened = None
    if opened:
        problems.append(Problem(path, opened[1], 1, "This region has no end. Put endregion in a comment behind it."))


def _region(source: Source, task: str, first: int, last: int) -> Region:
    lines = source.text.splitlines()
    while first < last and not lines[first - 1].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return Region(task, source, first, last)


def _names_of_python(text: str) -> dict[int, frozenset[str]]:
    tree = _tree(text)
    members: dict[str, str] = {}
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level and not _own(node.module):
            members |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            given = [alias for alias in node.names if not _own(alias.name)]
            modules |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in given}
    found: dict[int, set[str]] = {}
    attributes = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in members:
            found.setdefault(node.lineno, set()).add(members[node.id])
        elif isinstance(node, ast.Name) and node.id in modules:
            attribute = attributes.get(id(node))
            root = modules[node.id]
            found.setdefault(node.lineno, set()).add(f"{root}.{attribute}" if attribute else root)
    return {line: frozenset(names) for line, names in found.items()}


@lru_cache(maxsize=4096)
def _tree(text: str) -> ast.Module:
    """Return the syntax tree of Python code; an empty one where it cannot be read, which is a problem of its own."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _own(module: str) -> bool:
    return module.partition(".")[0] in ("books", "hello", "tests", "conftest", "__future__")


def _names_of_javascript(text: str) -> dict[int, frozenset[str]]:
    bound: dict[str, str] = {}
    imports: set[int] = set()
    for match in IMPORT_OF_JS.finditer(text):
        module = match["module"] or match["required"]
        imports |= set(range(text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 2))
        if not module.startswith("."):
            bound |= _bound(match["what"] or match["bound"], module.removeprefix("node:"))
    found: dict[int, frozenset[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        bare = "" if number in imports else re.sub(r"""//.*$|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""", "''", line)
        used = re.findall(r"(?<![.\w$])([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?", bare)
        names = {f"{bound[word]}.{member}" if member else bound[word] for word, member in used if word in bound}
        if names:
            found[number] = frozenset(names)
    return found


def _bound(what: str, module: str) -> dict[str, str]:
    """Return what the words of an import stand for: `module` or `module:name`."""
    found = {}
    for part in ",".join(re.findall(r"\{([^}]*)\}", what)).split(","):
        own, _, alias = part.strip().removeprefix("type ").replace(":", " as ").partition(" as ")
        if own.strip():
            found[(alias or own).strip()] = f"{module}:{own.strip()}"
    for part in re.sub(r"\{[^}]*\}", "", what).split(","):
        if alias := part.strip().removeprefix("* as ").strip():
            found[alias] = module
    return found


def package_of(name: str) -> str:
    """Return the package that a name is imported from; nothing for the standard library."""
    if ":" in name or "/" in name:
        parts = name.partition(":")[0].split("/")
        package = "/".join(parts[:2]) if name.startswith("@") else parts[0]
    else:
        package = name.partition(".")[0]
    return "" if package in sys.stdlib_module_names or package in NODE_MODULES else package


def cost_of(parts: list[Region]) -> Cost:
    """Return what regions take together."""
    names = frozenset().union(*(region.names for region in parts))
    return Cost(sum(region.lines for region in parts), len({region.file for region in parts}), names)


@dataclass(frozen=True, kw_only=True, eq=False)
class Code:
    """The code of an application: its files, its regions, what it takes."""

    application: Application
    shown: str
    """The path of its folder in the repository."""
    sources: tuple[Source, ...]
    regions: tuple[Region, ...]
    digest: str

    @cached_property
    def whole(self) -> Cost:
        """Return what the application takes: the counted files, whether or not a region shows them."""
        counted = [source for source in self.sources if source.counted and source.code]
        names = frozenset().union(*(names for source in counted for names in source.names.values()))
        return Cost(sum(len(source.code) for source in counted), len(counted), names)

    @cached_property
    def dependencies(self) -> tuple[str, ...]:
        """Return the packages that it asks for to run."""
        return direct_dependencies(self.application)

    def of(self, task: str) -> tuple[Region, ...]:
        """Return the regions of a task."""
        return tuple(region for region in self.regions if region.task == task)

    @cached_property
    def costs(self) -> dict[str, Cost]:
        """Return what each task takes; a task without regions is not there."""
        return {task: cost_of(list(found)) for task in TASKS if (found := self.of(task))}

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the file in which the name of each concept stands first, tests after all others."""
        files = sorted(self.sources, key=lambda source: (not source.counted, source.path))
        found = {}
        for concept, called in self.application.record.concepts.items():
            stands = (source.path for source in files if called.name and called.name in source.text)
            if path := next((path for path in stands if path != "app.yml"), None):
                found[concept] = path
        return found


def load(root: Path, shown: str = "lab/apps") -> tuple[dict[str, Code], list[Problem]]:
    """Return the code of every application below `root` by id, and what is wrong with applications and regions."""
    found, problems = applications.load(root, shown)
    codes = {}
    for name, application in found.items():
        files, path = sources(application), f"{shown}/{name}"
        made, wrong = regions(application, files, path)
        problems += wrong
        codes[name] = Code(
            application=application, shown=path, sources=files, regions=tuple(made), digest=digest(application.folder)
        )
    return codes, problems
