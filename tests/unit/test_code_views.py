"""What pages say of the Books applications: costs, lines that two share, names of concepts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from macros.code.application_code import ApplicationCode, load
from macros.schema.applications import CONCEPTS
from macros.schema.measured.books import BooksItem
from macros.views.code import ApplicationRun, files, line_count, overview, sides, task_view
from macros.views.migrations import beside, migration

PROCFILE = "web: a\nrelease: b\nimport: c\nhello: d\ntest: e\n"
ROUTING = """\
import jwt
from flask import Flask

# region routing
import csv
from flask import Blueprint

app = Flask()   # an app

def one(id):
    return app.get(id)
# endregion
"""
LIVE = "import queue\n# region live\nqueue.Queue()\n# endregion\n"
Make = Callable[..., ApplicationRun]


@pytest.fixture
def make(tmp_path, catalog) -> Make:
    """Return a function that makes an application of an entry from the texts of its files."""

    def application(
        entry: str = "alpha", texts: dict[str, str] | None = None, declared: str = "", **concepts: str
    ) -> ApplicationRun:
        folder = tmp_path / entry / entry
        names = dict.fromkeys(CONCEPTS, "{none: It has none.}") | {
            key.replace("_", " "): v for key, v in concepts.items()
        }
        lines = "\n".join(f"  {concept}: {name}" for concept, name in names.items())
        written = {
            "app.yml": f'uses: Nothing\npython: "3.11"\nlive: none\n{declared}concepts:\n{lines}\n',
            **(texts or {}),
        }
        for path, text in ({"Procfile": PROCFILE, "requirements.in": "flask==1\n"} | written).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return ApplicationRun(catalog.entries[entry], load(folder.parent)[0][entry], catalog.readings.books["alpha"])

    return application


def plain(line: Markup) -> str:
    """Return a line of HTML as text, with its indentation."""
    return str(Markup(re.sub("<[^>]+>", "", line)).unescape())


def counted(snippet) -> set[int]:
    """Return the lines that can be the same: those that count, and imports."""
    return {at for at, _ in (*snippet.region.statements, *snippet.region.imports)}


def marked(side: tuple) -> list[list[str]]:
    """Return the lines of each snippet that are marked, as text."""
    return [[plain(snippet.html.split("\n")[at]) for at in sorted(counted(snippet) - snippet.same)] for snippet in side]


def beside_of(make: Make, left: str, right: str) -> tuple[list[list[str]], list[list[str]], int]:
    """Return the marked lines of both sides for the task routing, and how many lines are the same."""
    one, other = make("alpha", {"books/a.py": left}), make("gamma", {"books/b.py": right})
    switch = migration(one, other)
    shown = beside(switch, "routing")
    return marked(shown[0]), marked(shown[1]), switch.same


def region(*lines: str) -> str:
    return "\n".join(["# region routing", *lines, "# endregion", ""])


def test_a_task_costs_its_lines_without_imports_comments_and_blanks(make):
    side = make(texts={"books/a.py": ROUTING})
    cost = side.code.costs["routing"]
    assert (cost.lines, cost.files) == (3, 1)
    assert {name.text for name in cost.names} == {"flask.Flask"}
    assert cost.packages == {"flask"}
    assert line_count(side, "routing") == 3
    assert line_count(side, "live") == 0


def test_a_task_in_several_files_costs_all_of_them(make):
    page = "{# region routing #}\n<p>{{ x }}</p>\n{# endregion #}\n"
    side = make(texts={"books/a.py": ROUTING, "books/p.html": page})
    assert (side.code.costs["routing"].lines, side.code.costs["routing"].files) == (4, 2)
    assert [found.file for found in side.code.of("routing")] == ["books/a.py", "books/p.html"]


def test_the_whole_counts_imports_and_code_outside_regions_but_no_tests(make):
    texts = {"books/a.py": ROUTING, "tests/test_a.py": LIVE, "README.md": "# It\n"}
    whole = make(texts=texts, declared="generated: [made]\n").code.whole
    assert whole.lines == 7 + len(PROCFILE.splitlines())
    assert whole.files == 2
    assert {name.text for name in whole.names} == {"flask.Flask"}


def test_a_task_view_ranks_by_lines_and_gives_the_most_a_whole_bar(make):
    long = make("alpha", {"books/a.py": region("a = 1", "b = 2", "c = 3", "d = 4")})
    short = make("gamma", {"books/b.py": region("a = 1")})
    none = make("delta", {"books/c.py": "x = 1\n"})
    view = task_view({"alpha": long, "gamma": short, "delta": none}, "routing")
    assert [part.entry.id for part in view.all] == ["alpha", "gamma", "delta"]
    assert [part.entry.id for part in view.ranked] == ["gamma", "alpha"]
    assert [part.bar for part in view.all] == [5.0, 1.25, 0.0]
    assert view.all[2].cost is None
    assert view.all[2].snippets == ()
    assert (view.name, view.question[:3]) == ("Routing", "How")


def test_a_task_that_nobody_solves_has_no_bars(make):
    view = task_view({"alpha": make(texts={"books/a.py": "x = 1\n"})}, "live")
    assert view.ranked == ()
    assert view.all[0].bar == 0.0


def test_a_snippet_is_the_region_without_its_indentation(make):
    text = "class A:\n    # region routing\n\n    def f(self):\n        return '<b>'\n\n    # endregion\n"
    (found,) = task_view({"alpha": make(texts={"books/a.py": text})}, "routing").all[0].snippets
    assert (found.file, found.first, found.region.last, found.same) == ("books/a.py", 4, 5, frozenset())
    assert [plain(line) for line in found.html.split("\n")] == ["def f(self):", "    return '<b>'"]
    assert "&lt;b&gt;" in found.html


def test_the_least_indented_line_decides_what_is_cut(make):
    text = "x = [\n    # region routing\n        1,\n    2,\n    # endregion\n]\n"
    (found,) = make(texts={"books/a.py": text}).code.of("routing")
    assert found.text == "    1,\n2,"
    assert [plain(line) for line in found.html.split("\n")] == ["    1,", "2,"]


def test_an_application_that_fails_an_item_says_so(make, catalog):
    side = make(texts={"books/a.py": ROUTING})
    broken = BooksItem(outcome="failed", tests=3, reason="It answers 500.")
    run = side.run.model_copy(update={"items": {"validation": broken, "live": BooksItem(outcome="absent", tests=1)}})
    found = {"alpha": ApplicationRun(side.entry, side.code, run)}
    assert task_view(found, "validation").all[0].failed == broken
    assert task_view(found, "live").all[0].failed is None
    assert task_view(found, "routing").all[0].failed is None
    assert [run.count(outcome) for outcome in ("passed", "absent", "failed")] == [0, 1, 1]


def test_an_application_without_a_task_says_why(make):
    absent = "absent:\n  live: {reason: It has no WebSocket., source: 'https://example.com/'}\n"
    side = make(texts={"books/a.py": ROUTING}, declared=absent)
    part = task_view({"alpha": side}, "live").all[0]
    assert (part.cost, part.snippets, part.bar) == (None, (), 0.0)
    assert part.absence
    assert part.absence.reason == "It has no WebSocket."
    assert task_view({"alpha": side}, "routing").all[0].absence is None


def test_an_overview_has_the_fewest_lines_first_and_the_fewest_of_each_task(make):
    long = make("alpha", {"books/a.py": region("a = 1", "b = 2", "c = 3", "d = 4", "e = 5")})
    short = make("gamma", {"books/b.py": region("a = 1")})
    view = overview({"alpha": long, "gamma": short})
    assert view
    assert [(side.entry.id, bar) for side, bar in view.ranked] == [("gamma", 3.0), ("alpha", 5.0)]
    rows = {row.task: row for row in view.rows}
    assert [lines for _, lines in rows["routing"].cells] == [5, 1]
    assert rows["routing"].fewest == 1
    assert [lines for _, lines in rows["live"].cells] == [None, None]
    assert rows["live"].fewest == 0


def test_without_applications_there_is_no_overview():
    assert overview({}) is None


def test_applications_are_sorted_by_the_name_of_the_entry_and_have_a_run(catalog):
    found = sides(catalog)
    assert list(found) == sorted(catalog.codes, key=lambda name: catalog.entries[name].name.lower())
    assert all(side.run is catalog.readings.books[name] for name, side in found.items())


def test_the_page_of_an_application_shows_counted_files_first(make):
    texts = {"tests/a.py": LIVE, "books/b.py": ROUTING, "books/empty.py": "# nothing\n", "README.md": "# It\n"}
    shown = [source.path for source in files(make(texts=texts))]
    assert shown == ["Procfile", "books/b.py", "requirements.in", "tests/a.py"]


def test_lines_that_both_have_in_the_same_order_are_shared(make):
    left, right, same = beside_of(make, region("a = 1", "b = 2", "c = 3"), region("a = 1", "x = 9", "c = 3"))
    assert (left, right, same) == ([["b = 2"]], [["x = 9"]], 2)


def test_lines_in_another_order_are_not_all_shared(make):
    left, right, same = beside_of(make, region("a = 1", "b = 2"), region("b = 2", "a = 1"))
    assert same == 1
    assert sorted(map(len, (*left, *right))) == [1, 1]


def test_blanks_in_a_line_and_its_indentation_make_no_difference(make):
    one = region("if x:", "    a  =  1")
    left, right, same = beside_of(make, one, region("class B:", "    if x:", "        a = 1"))
    assert (left, right, same) == ([[]], [["class B:"]], 2)


def test_comments_blanks_and_docstrings_are_neither_shared_nor_marked(make):
    left, right, same = beside_of(make, region("# one", "", "a = 1"), region("# two", "a = 1"))
    assert (left, right, same) == ([[]], [[]], 1)


def test_imports_are_marked_if_the_other_side_has_them_nowhere_and_count_in_no_task(make):
    one, other = region("import csv", "import re", "a = 1"), region("a = 1", "import re", "import io")
    left, right, same = beside_of(make, one, other)
    assert (left, right, same) == ([["import csv"]], [["import io"]], 1)


def test_a_line_is_shared_across_regions_of_a_task(make):
    one = region("a = 1") + region("b = 2")
    left, right, same = beside_of(make, one, region("a = 1", "b = 2", "c = 3"))
    assert sorted(left) == [[], []]
    assert (right, same) == ([["c = 3"]], 2)


def test_nothing_in_common_marks_everything(make):
    left, right, same = beside_of(make, region("a = 1"), region("b = 2"))
    assert (left, right, same) == ([["a = 1"]], [["b = 2"]], 0)


def test_a_task_of_one_side_only_is_marked_whole(make):
    left, right, same = beside_of(make, region("a = 1"), "x = 1\n")
    assert (left, right, same) == ([["a = 1"]], [], 0)


def test_a_migration_has_the_lines_of_every_task_and_the_packages_that_change(make):
    one = make("alpha", {"books/a.py": ROUTING, "requirements.in": "flask==3\nPyJWT==2\n"})
    other = make("gamma", {"books/b.py": LIVE, "requirements.in": "quart==1\npyjwt==2\n"})
    switch = migration(one, other)
    lines = {task.task: task.lines for task in switch.tasks if any(task.lines)}
    assert lines == {"routing": (3, 0), "live": (0, 1)}
    assert (switch.lines, switch.same) == ((3, 1), 0)
    assert (switch.removed, switch.added, switch.kept) == (("flask",), ("quart",), ("pyjwt",))


def test_a_migration_names_every_concept_with_its_file_or_its_reason(make):
    one = make("alpha", {"books/a.py": ROUTING, "tests/a.py": "Flask\n"}, route="Flask", path_parameter="id")
    other = make("gamma", {"books/b.py": LIVE}, route="{none: It has no routes.}")
    concepts = {found.concept: found for found in migration(one, other).concepts}
    assert list(concepts) == list(CONCEPTS)
    assert concepts["route"].words == ("Flask", None)
    assert concepts["route"].places == ("books/a.py", None)
    assert concepts["route"].reasons == (None, "It has no routes.")
    assert concepts["path parameter"].places[0] == "books/a.py"


def test_an_application_read_twice_is_the_same(make, tmp_path):
    first = make(texts={"books/a.py": ROUTING}).code
    again: ApplicationCode = load(Path(tmp_path) / "alpha")[0]["alpha"]
    assert (first.digest, first.whole, first.costs) == (again.digest, again.whole, again.costs)
