"""What a file in JavaScript or TypeScript uses of what it imports from outside its application.

Imports are `import` in all its forms, `export … from`, `require(…)` and `import(…)` of a plain string, as the value of
a declaration or anywhere else. A word that a block, a function, a class or a type binds itself is not the imported
one. A lower-case JSX tag is an element of HTML. Not read: modules whose names are put together at run time.
"""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node

from macros.code.javascript_bindings import (
    argument,
    bind,
    destructure,
    imported,
    module_of,
    part_of,
    required,
    source_of,
    targets,
)
from macros.code.scopes import Handler, Reading, Scope, Usage, Visit, inside, read
from macros.code.syntax import text_of, tree


def usage(text: str, language: str) -> Usage:
    """Return what a file uses; `language` is javascript, jsx, typescript or tsx."""
    return read(tree(text, language).root_node, HANDLERS, Reading())


def _import(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    reading.statement(node)
    module = module_of(node.child_by_field_name("source"))
    for clause in node.named_children:
        if clause.type == "import_require_clause":
            bind(scope, clause.named_children[0], module_of(clause.child_by_field_name("source")))
        for given in clause.named_children if clause.type == "import_clause" else ():
            if given.type == "named_imports":
                for part in given.named_children:
                    name, alias = part.child_by_field_name("name"), part.child_by_field_name("alias")
                    bind(scope, alias or name, part_of(module, imported(name)))
            elif given.type in ("identifier", "namespace_import"):
                bind(scope, given if given.type == "identifier" else given.named_children[0], module)
    return ()


def _export(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`export … from` is an import statement, and uses what it names; any other export is a statement like all."""
    source = node.child_by_field_name("source")
    if source is None:
        return inside(node, scope)
    reading.statement(node)
    module = module_of(source)
    clause = next((child for child in node.named_children if child.type == "export_clause"), None)
    parts = [part for part in clause.named_children if part.type == "export_specifier"] if clause else []
    if module and not clause:
        reading.use(module, (), node)
    for part in parts:
        if used := part_of(module, imported(part.child_by_field_name("name"))):
            reading.use(used, (), part)
    return ()


def _specifier(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """Of `export { a as b }`, `a` is used."""
    return [(node.named_children[0], scope)]


def _call(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A module that is required or imported without a word for it is used where it is."""
    source = argument(node, "require") or argument(node, "import")
    if source is None:
        return inside(node, scope)
    if module := module_of(source):
        reading.use(module, (), node)
    return ()


def _chain(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A chain of members is one reference if it begins with a word or with a module that is required."""
    members: list[str] = []
    first = node
    while first.type in ("member_expression", "nested_identifier", "nested_type_identifier", "non_null_expression"):
        outer = first.child_by_field_name("object") or first.child_by_field_name("module") or first.named_children[0]
        if first.type != "non_null_expression":
            members.insert(0, text_of(first.named_children[-1]))
        first = outer
    if first.type == "identifier":
        reading.refer(scope, text_of(first), members, first)
    elif source := required(first):
        if module := module_of(source):
            reading.use(module, members, first)
    else:
        return [(first, scope)]
    return ()


def _word(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    reading.refer(scope, text_of(node), (), node)
    return ()


def _declaration(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A declaration of nothing but required modules is an import statement. `var` binds in the whole function."""
    declared = [child for child in node.named_children if child.type == "variable_declarator"]
    if all(source_of(one.child_by_field_name("value")) for one in declared):
        reading.statement(node)
    target = scope.function if node.type == "variable_declaration" else scope
    return [visit for one in declared for visit in _declarator(one, scope, target)]


def _declarator(node: Node, scope: Scope, target: Scope) -> Iterable[Visit]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    found = source_of(value)
    if found is None or name is None:
        bound = targets(name, target, scope) if name else ()
        return [*bound, *((child, scope) for child in node.named_children if child != name)]
    source = part_of(module_of(found[0]), found[1])
    if name.type == "identifier":
        bind(target, name, source)
        return ()
    return destructure(name, source, target, scope)


def _scoped(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A function, method or type of a function: its name is bound around it, its parameters in it."""
    name = node.child_by_field_name("name")
    inner = Scope(scope)
    if name and name.type in ("identifier", "type_identifier"):
        (inner if node.type in ("function_expression", "class") else scope).assigned.add(text_of(name))
    found: list[Visit] = [(name, scope)] if name and name.type == "computed_property_name" else []
    parameter = node.child_by_field_name("parameter")
    if parameter:
        inner.assigned.add(text_of(parameter))
    return [*found, *((child, inner) for child in node.named_children if child not in (name, parameter))]


def _parameters(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """Bind the parameters; types, defaults and decorators of them are used. In TypeScript each is a node around it."""
    found: list[Visit] = []
    for given in node.named_children:
        pattern = given.child_by_field_name("pattern")
        found += targets(pattern or given, scope, scope)
        found += [(child, scope) for child in given.named_children if child != pattern] if pattern else []
    return found


def _block(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    return inside(node, Scope(scope, block=True))


def _loop(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`for (const a of b)` and `catch (a)` bind a word in a block."""
    inner = Scope(scope, block=True)
    given = node.child_by_field_name("left") or node.child_by_field_name("parameter")
    if given is None or (node.type == "for_in_statement" and not node.child_by_field_name("kind")):
        return inside(node, inner)
    bound = targets(given, inner, scope)
    return [*bound, *((child, inner) for child in node.named_children if child != given)]


def _named(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """Bind the name that a node gives to a type, a type parameter, an enumeration, a namespace or an index."""
    name = node.child_by_field_name("name") or node.named_children[0]
    if name.type in ("identifier", "type_identifier"):
        scope.assigned.add(text_of(name))
    return [(child, scope) for child in node.named_children if child != name]


def _type(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """Bind the name of a type around it, and its parameters in it."""
    inner = Scope(scope, block=True)
    return [(child, inner) for child, _ in _named(node, scope, reading)]


def _member(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A named part of a type, such as an element of a tuple, binds nothing; its type is used."""
    name = node.child_by_field_name("name")
    return [(child, scope) for child in node.named_children if child != name]


def _tag(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    name = node.child_by_field_name("name")
    html = name is not None and name.type == "identifier" and text_of(name)[:1].islower()
    return [(child, scope) for child in node.named_children if not (html and child == name)]


def _nothing(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    return ()


HANDLERS: dict[str, Handler] = {
    "import_statement": _import,
    "export_statement": _export,
    "export_specifier": _specifier,
    "call_expression": _call,
    **dict.fromkeys(("member_expression", "nested_identifier", "nested_type_identifier"), _chain),
    **dict.fromkeys(("identifier", "type_identifier", "shorthand_property_identifier"), _word),
    **dict.fromkeys(("lexical_declaration", "variable_declaration"), _declaration),
    **dict.fromkeys(
        ("function_declaration", "function_expression", "generator_function", "generator_function_declaration",
         "arrow_function", "method_definition", "function_signature", "method_signature", "abstract_method_signature",
         "call_signature", "construct_signature", "function_type", "constructor_type", "class", "class_declaration",
         "abstract_class_declaration"),
        _scoped,
    ),
    "formal_parameters": _parameters,
    **dict.fromkeys(("statement_block", "class_static_block", "switch_body", "for_statement"), _block),
    **dict.fromkeys(("for_in_statement", "catch_clause"), _loop),
    **dict.fromkeys(("interface_declaration", "type_alias_declaration"), _type),
    **dict.fromkeys(
        ("type_parameter", "enum_declaration", "internal_module", "module", "import_alias", "mapped_type_clause",
         "infer_type"),
        _named,
    ),
    **dict.fromkeys(("required_parameter", "optional_parameter", "index_signature"), _member),
    **dict.fromkeys(("jsx_opening_element", "jsx_self_closing_element"), _tag),
    "jsx_closing_element": _nothing,
}  # fmt: skip
"""What to do with nodes of the grammar that bind words or use them."""
