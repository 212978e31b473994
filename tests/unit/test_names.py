"""Names imported from outside an application, line by line, as the parsers of the three languages find them."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

import pytest

from macros.code.files import language_of
from macros.code.imports import usage
from macros.code.syntax import first_error

ROOT = Path(__file__).resolve().parents[2]
OWN = frozenset({"books", "config"})


def used(path: str, text: str) -> dict[int, set[str]]:
    """Return the names of each line."""
    names = usage(text, language_of(path), OWN).names
    return {line: {name.text for name in found} for line, found in sorted(names.items())}


def packages(path: str, text: str) -> dict[str, str]:
    """Return the package of every name."""
    return {name.text: name.package for found in usage(text, language_of(path), OWN).names.values() for name in found}


def imports(path: str, text: str) -> set[int]:
    return set(usage(text, language_of(path), OWN).imports)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("import jwt\njwt.encode(jwt)\n", {2: {"jwt.encode", "jwt"}}, id="a module and its member"),
        pytest.param("import a.b\na.b.c.d()\n", {2: {"a.b.c"}}, id="one member of the module that is imported"),
        pytest.param("import os.path\nos.getcwd()\n", {2: {"os.getcwd"}}, id="a dotted import binds its first part"),
        pytest.param("import a\nimport a.b\na.X\na.b.Y\n", {3: {"a.X"}, 4: {"a.b.Y"}}, id="a module and one in it"),
        pytest.param("import a.b.c\na.b.X\na.b.c.Y\n", {2: {"a.b.X"}, 3: {"a.b.c.Y"}}, id="modules on the way"),
        pytest.param("import a.b.c, a.d\na.b.c.X\na.d.Y\n", {2: {"a.b.c.X"}, 3: {"a.d.Y"}}, id="two below one"),
        pytest.param("import a.b\nf(a.b)\n", {2: {"a.b"}}, id="a module as a value"),
        pytest.param("import a.b as c\nc.d.e\n", {2: {"a.b.d"}}, id="an alias is the whole path"),
        pytest.param("import sqlalchemy as sa\nsa.orm.Session\n", {2: {"sqlalchemy.orm"}}, id="an unnamed submodule"),
        pytest.param("from a.b import c as d\nd.e.f\n", {2: {"a.b.c"}}, id="a name, whatever is asked of it"),
        pytest.param("import zope.sqlalchemy as z\nz.register\n", {2: {"zope.sqlalchemy.register"}}, id="a namespace"),
        pytest.param("from . import x\nfrom .y import z\nfrom books.a import b\nx, z, b\n", {}, id="its own modules"),
        pytest.param("import config.books\nconfig.books.X\n", {}, id="its own modules beside books"),
        pytest.param("import a\n@a.b\ndef f(x: a.C = a.D) -> a.E: ...\n",
                     {2: {"a.b"}, 3: {"a.C", "a.D", "a.E"}}, id="decorators, annotations, defaults"),
        pytest.param("import a\n'a.b'  # a.c\n\"\"\"a.d\"\"\"\n", {}, id="strings and comments are not code"),
        pytest.param("import a\nf(a=1, b=a.c)\n", {2: {"a.c"}}, id="the name of a keyword is not a use"),
        pytest.param("import a\nx.a.b\n", {}, id="an attribute of something else"),
        pytest.param("import a\nf'''\n{a.b}\n{x:{a.c}}\n'''\n", {3: {"a.b"}, 4: {"a.c"}}, id="lines in an f-string"),
        pytest.param("import a\n(a\n .b\n .c)\n", {2: {"a.b"}}, id="a chain over lines is where it begins"),
        pytest.param("try:\n    import a\nexcept ImportError:\n    a = None\na.b\n", {5: {"a.b"}}, id="a fallback"),
        pytest.param("def f():\n    import a\n    a.b\na.c\n", {3: {"a.b"}}, id="an import in a function"),
        pytest.param("import a\nx: list[a.B] = []\ntype Y[T] = a.C\n", {2: {"a.B"}, 3: {"a.C"}}, id="Python 3.12"),
        pytest.param("import a\nx = t'{a.b}'\n", {2: {"a.b"}}, id="Python 3.14"),
    ],
)  # fmt: skip
def test_names_of_python(text, names):
    assert used("a.py", text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a): a.b\na.c\n", {3: {"a.c"}}),
        ("def f(a: a.T = a.D, *b, **c): a.b\n", {2: {"a.T", "a.D"}}),
        ("def f(*a): a.b\n", {}),
        ("def f():\n    a = 1\n    a.b\n", {}),
        ("def f():\n    x, (a, *y) = z\n    a.b\n", {}),
        ("def f():\n    a.b = 1\n    a.c[0] = a.d\n", {3: {"a.b"}, 4: {"a.c", "a.d"}}),
        ("def f():\n    def g(): a.b\n    for a in x: pass\n", {}),
        ("def f():\n    with x as a: a.b\n", {}),
        ("def f():\n    try: pass\n    except E as a: a.b\n", {}),
        ("def f():\n    global a\n    a = 1\n    a.b\n", {5: {"a.b"}}),
        ("def f():\n    if (a := 1): a.b\n", {}),
        ("def f():\n    match x:\n        case a.B(c) | [a.D, *_] as e: pass\n", {4: {"a.B", "a.D"}}),
        ("def f():\n    match x:\n        case a(): a.b\n", {4: {"a", "a.b"}}),
        ("def f():\n    match x:\n        case {'k': a}: a.b\n", {}),
        ("lambda a: a.b\n", {}),
        ("lambda x, y=a.c: a.b\n", {2: {"a.b", "a.c"}}),
        ("[a.b for a in a.c if a.d]\n", {2: {"a.c"}}),
        ("{k: a.b for k in x for a in k}\n", {}),
        ("class C:\n    a = 1\n    def f(self): a.b\n    y = a.c\n", {4: {"a.b"}}),
        ("def f():\n    a += a.b\n", {}),
        ("def f():\n    from books import a\n    a.b\n", {}),
    ],
)
def test_what_a_function_binds_itself_is_not_the_import(text, names):
    assert used("a.py", "import a\n" + text) == names


def test_a_fallback_in_the_same_scope_does_not_hide_an_import():
    assert used("a.py", "import a\na += 1\n") == {2: {"a"}}


def test_packages_of_python_are_the_first_part_unless_it_is_in_the_library_of_any_python():
    text = "import jwt, csv, distutils.util, annotationlib\nfrom zope.sqlalchemy import register as r\n"
    uses = "jwt.x, csv.x, distutils.util.x, annotationlib.x, r\n"
    assert packages("a.py", text + uses) == {
        "jwt.x": "jwt", "csv.x": "", "distutils.util.x": "", "annotationlib.x": "", "zope.sqlalchemy.register": "zope",
    }  # fmt: skip


def test_lines_of_imports_in_python():
    text = (
        "from __future__ import annotations\nimport a, b\nfrom c import (\n    d,\n    e,\n)\n\nif x:\n    import f\n"
        "'''\nimport g\n'''\nx = 1; import h\n"
    )
    assert imports("a.py", text) == {1, 2, 3, 4, 5, 6, 9, 13}


def test_imports_are_where_python_says_in_every_application():
    compared = 0
    for file in sorted((ROOT / "lab" / "apps").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                tree = ast.parse(text)
        except SyntaxError:
            continue  # written for a newer Python than the one that runs this test
        compared += 1
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        lines = {line for node in nodes for line in range(node.lineno, (node.end_lineno or 0) + 1)}
        assert imports("a.py", text) == lines, file
    assert compared


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param('import F from "f";\nF(); F.x;\n', {2: {"f", "f:x"}}, id="default"),
        pytest.param('import { a, b as c } from "f";\na(c.d.e);\n', {2: {"f:a", "f:b.d"}}, id="named and aliased"),
        pytest.param('import { default as F } from "f";\nF();\n', {2: {"f"}}, id="default by name"),
        pytest.param('import D, * as N from "f";\nD, N.x.y;\n', {2: {"f", "f:x"}}, id="namespace"),
        pytest.param('import { "a-b" as c } from "f";\nc();\n', {2: {"f:a-b"}}, id="a name in quotes"),
        pytest.param('import { z } from "zod"\nz\n  .string()\n', {2: {"zod:z.string"}}, id="a chain over lines"),
        pytest.param('import "f";\n', {}, id="for its effect"),
        pytest.param('import x from "./f";\nimport y from "#g";\nx, y;\n', {}, id="its own modules"),
        pytest.param('export { a as b } from "f";\nexport * from "g";\nexport { c } from "./d";\n',
                     {1: {"f:a"}, 2: {"g"}}, id="what is exported from elsewhere"),
        pytest.param('import { a, b } from "f";\nexport { a as c };\nexport default b;\n',
                     {2: {"f:a"}, 3: {"f:b"}}, id="what is exported again"),
        pytest.param('const F = require("f");\nF.x;\n', {2: {"f:x"}}, id="required"),
        pytest.param('const { a, b: c, d = 1, ...e } = require("f");\na, c, d, e.g;\n',
                     {2: {"f:a", "f:b", "f:d", "f:g"}}, id="required and taken apart"),
        pytest.param('const a = require("f").b, c = require("g");\na.x, c.y;\n',
                     {2: {"f:b.x", "g:y"}}, id="a part that is required"),
        pytest.param('require("f")(require("g").h);\n', {1: {"f", "g:h"}}, id="required where it is used"),
        pytest.param('const F = await import("f");\nF.x;\n', {2: {"f:x"}}, id="imported when needed"),
        pytest.param('import("f").then((f) => f.x);\n(await import("g")).h();\n',
                     {1: {"f"}, 2: {"g:h"}}, id="a promise"),
        pytest.param('import { a } from "f";\n"a"; \'a\'; /a/; // a\n/* a */ `a ${a.b} a`;\n',
                     {3: {"f:a.b"}}, id="strings, patterns, comments and templates"),
        pytest.param('import { a } from "f";\nx = { a: 1, b: a, [a.c]: 2, a() {}, get a() {} };\nx.a;\ny = { a };\n',
                     {2: {"f:a", "f:a.c"}, 4: {"f:a"}}, id="keys of objects"),
        pytest.param('import { a } from "f";\na?.b; a["c"];\n', {2: {"f:a.b", "f:a"}}, id="optional members"),
        pytest.param('import { a } from "f";\na: for (;;) { break a; }\n', {}, id="labels"),
        pytest.param('import a from "f";\nfunction g(a) { a.b }\n(a) => a.c;\na => a.d;\na.e;\n',
                     {5: {"f:e"}}, id="parameters"),
        pytest.param('import a from "f";\nfunction g({ a }, [b = a.c]) { a.b }\n', {}, id="parameters taken apart"),
        pytest.param('import a from "f";\n{ const a = 1; a.b }\na.c;\n', {3: {"f:c"}}, id="a block"),
        pytest.param('import a from "f";\nfunction g() { { var a; } a.b }\n', {}, id="var is the function's"),
        pytest.param('import a from "f";\nfor (const a of b) { a.c }\ntry {} catch (a) { a.d }\na.e;\n',
                     {4: {"f:e"}}, id="loops and catch"),
        pytest.param('import a from "f";\nclass X extends a.B { a = a.c; static { a.d } }\n',
                     {2: {"f:B", "f:c", "f:d"}}, id="classes"),
        pytest.param('import a from "f";\n({ x: b = a.c } = a.d);\n', {2: {"f:c", "f:d"}}, id="assignment"),
    ],
)  # fmt: skip
def test_names_of_javascript(text, names):
    assert used("a.js", text) == names
    assert used("a.ts", text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param('import type { A } from "f";\nimport { type B as C } from "f";\nlet x: A<C>;\n',
                     {3: {"f:A", "f:B"}}, id="types only"),
        pytest.param('import F = require("f");\nF.x;\n', {2: {"f:x"}}, id="import and require"),
        pytest.param('import { z } from "f";\ntype X = z.infer<typeof z.y>;\n',
                     {2: {"f:z.infer", "f:z.y"}}, id="types of a namespace"),
        pytest.param('import { A, B, C } from "f";\nclass X<T extends A> extends Y<B> implements C {}\n',
                     {2: {"f:A", "f:B", "f:C"}}, id="classes"),
        pytest.param('import { A, D } from "f";\nclass X { @D() a: A; constructor(private b: A, @D() c: X) {} }\n',
                     {2: {"f:A", "f:D"}}, id="decorators and parameters"),
        pytest.param('import { a, A } from "f";\nx as A; a!.b; x satisfies A;\n', {2: {"f:A", "f:a.b"}}, id="casts"),
        pytest.param('import { A } from "f";\ninterface A { a: string }\nlet x: A;\n', {3: {"f:A"}}, id="merged"),
        pytest.param('import { A } from "f";\nfunction g<A>(x: A): A { return x }\ntype P<A> = A[];\nlet y: A;\n',
                     {4: {"f:A"}}, id="type parameters"),
        pytest.param('import { a, A } from "f";\ntype X = { a: A; [a: string]: A; (a: A): void; m(a: A): a is A };\n',
                     {2: {"f:A"}}, id="members of types"),
        pytest.param('import { a, A } from "f";\ntype X = [a: A] | ((a: A) => A) | { [a in keyof A]: A };\n',
                     {2: {"f:A"}}, id="names in types"),
        pytest.param('import { a } from "f";\nenum E { a, b = a.c }\nnamespace N { export const a = 1; a.d }\n',
                     {2: {"f:a.c"}}, id="enumerations and namespaces"),
        pytest.param('import { A } from "f";\ndeclare module "f" { interface A { b: B } }\nlet x: A;\n',
                     {3: {"f:A"}}, id="a module that is added to"),
        pytest.param('import { A } from "f";\ntype X<T> = T extends A.B<infer U> ? U : never;\n',
                     {2: {"f:A.B"}}, id="conditions"),
    ],
)  # fmt: skip
def test_names_of_typescript(text, names):
    assert used("a.ts", text) == names


@pytest.mark.parametrize("path", ["a.jsx", "a.tsx"])
def test_names_of_jsx(path):
    text = (
        'import { div, Tag, Box, p, q } from "f";\n'
        "x = <Box.Row a={p.x} q=\"p\">q <div/> {q.y} <Tag {...p}>Box</Tag></Box.Row>;\n"
    )  # fmt: skip
    assert used(path, text) == {2: {"f:Box.Row", "f:p.x", "f:q.y", "f:Tag", "f:p"}}


def test_packages_of_javascript_and_the_library_of_node():
    text = (
        'import a from "@x/a/sub";\nimport b from "b/sub";\nimport fs from "fs/promises";\nimport t from "node:test";\n'
        'import t2 from "test";\nimport io from "socket.io";\na, b, fs.read, t, t2.x, io.Server;\n'
    )
    assert packages("a.js", text) == {
        "@x/a/sub": "@x/a", "b/sub": "b", "fs/promises:read": "", "test": "", "test:x": "test",
        "socket.io:Server": "socket.io",
    }  # fmt: skip


def test_lines_of_imports_in_javascript():
    text = (
        'import {\n  a,\n} from "f";\nimport "g";\nexport * from "h";\nexport { a };\nconst b = require("i"),\n'
        '  c = require("j").k;\nconst d = await import("l");\nconst e = require("m")(1);\nlet f = 1, g = require("n")\n'
        '`\nimport h from "o";\n`;\nfunction p() {\n  const q = require("./r");\n}\nimport("s");\n'
    )
    assert imports("a.js", text) == {1, 2, 3, 4, 5, 7, 8, 9, 16}


def test_a_language_without_imports_uses_nothing():
    assert used("a.html", "import a\n") == {}
    assert imports("Procfile", "import: a\n") == set()


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.py", "x = 1\ndef f(:\n    pass\n", (2, 7)),
        ("a.py", "'é'; print 'old'\n", (1, 6)),
        ("a.py", "x = 1\nprint 'old'\n", (2, 1)),
        ("a.py", "def f[T](x: T) -> T:\n    return x\n", None),
        ("a.py", "try: pass\nexcept A, B: pass\n", None),
        ("a.js", "const a = ;\n", (1, 9)),
        ("a.ts", "type A = { b: ;\n", (1, 1)),
        ("a.ts", "const a: A = <B>c;\n", None),
        ("a.tsx", "const a = <B>c</B>;\n", None),
    ],
)
def test_where_a_file_cannot_be_read(path, text, place):
    assert first_error(text, language_of(path)) == place
    if place:
        assert used(path, text) == {}
