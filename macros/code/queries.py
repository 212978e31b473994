"""What has a colour in a syntax tree: a query for each language, its captures named by the classes of Pygments.

The query language is that of tree-sitter (https://tree-sitter.github.io/tree-sitter/using-parsers/queries/). The
classes: k keyword, ow operator that is a word, s string, m number, c comment, nb builtin, nd decorator, ne exception,
nc name of a class, nf name of a function. Two captures have no colour: `doc`, a docstring, whose lines do not
count, and `plain`, a word that is not what it looks like, such as the attribute `x.list`.
"""

from __future__ import annotations

from collections.abc import Mapping

_BUILTINS = """
__import__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex
delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id
input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print
property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
cls self Ellipsis NotImplemented
"""
_GLOBALS = """
Array Boolean BigInt Buffer Date Error Infinity Intl JSON Map Math NaN Number Object Promise Proxy Reflect RegExp Set
String Symbol URL URLSearchParams WeakMap WeakSet console decodeURIComponent document encodeURIComponent globalThis
isFinite isNaN module parseFloat parseInt process require window
"""
_ENDS = r"^[A-Z]\\w*(Error|Exception|Warning|Interrupt)$|^(StopIteration|StopAsyncIteration|SystemExit|GeneratorExit)$"


def _words(names: str) -> str:
    return " ".join(f'"{name}"' for name in names.split())


PYTHON = f"""
(comment) @c
(expression_statement . (string) @doc .)
[(string_start) (string_content) (string_end)] @s
(interpolation ["{{" "}}"] @s)
[(integer) (float)] @m
[(true) (false) (none)] @k
["and" "in" "is" "not" "or" "is not" "not in"] @ow
["as" "assert" "async" "await" "break" "case" "class" "continue" "def" "del" "elif" "else" "except" "finally" "for"
 "from" "global" "if" "import" "lambda" "match" "nonlocal" "pass" "raise" "return" "try" "type" "while" "with" "yield"]
@k
(class_definition name: (identifier) @nc)
(function_definition name: (identifier) @nf)
(decorator "@" @nd)
(decorator [(identifier) (attribute)] @nd)
(decorator (call function: [(identifier) (attribute)] @nd))
(attribute attribute: (identifier) @plain)
(keyword_argument name: (identifier) @plain)
((identifier) @nb (#any-of? @nb {_words(_BUILTINS)}))
((identifier) @ne (#match? @ne "{_ENDS}"))
"""
JAVASCRIPT = f"""
(comment) @c
[(string) (string_fragment) (escape_sequence) (regex) "`"] @s
(template_substitution ["${{" "}}"] @s)
(number) @m
[(true) (false) (null) (undefined) (this) (super)] @k
["in" "instanceof" "of" "typeof" "new" "void"] @ow
["as" "async" "await" "break" "case" "catch" "class" "const" "continue" "debugger" "default" "delete" "do" "else"
 "export" "extends" "finally" "for" "from" "function" "get" "if" "import" "let" "return" "set" "static" "switch"
 "throw" "try" "var" "while" "with" "yield"] @k
(function_declaration name: (identifier) @nf)
(function_expression name: (identifier) @nf)
(method_definition name: (property_identifier) @nf)
((identifier) @nb (#any-of? @nb {_words(_GLOBALS)}))
"""
_CLASS = "(class_declaration name: (identifier) @nc)"
TYPESCRIPT = f"""
{JAVASCRIPT}
["abstract" "declare" "enum" "implements" "interface" "keyof" "namespace" "private" "protected" "public" "type"
 "readonly" "override" "satisfies"] @k
(predefined_type) @k
(class_declaration name: (type_identifier) @nc)
(decorator "@" @nd)
(decorator (identifier) @nd)
(decorator (call_expression function: (identifier) @nd))
"""
QUERIES: Mapping[str, str] = {
    "python": PYTHON,
    "javascript": JAVASCRIPT + _CLASS,
    "jsx": JAVASCRIPT + _CLASS,
    "typescript": TYPESCRIPT,
    "tsx": TYPESCRIPT,
}
"""The query of each language that `syntax.GRAMMARS` can parse."""
