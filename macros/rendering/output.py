"""How our templates print: no `Markup` is made of what is joined at once, and a macro is called without questions.

Both use hooks of Jinja (https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment): `context_class`, and
`code_generator_class`, as its native types do. What is printed is the same.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"]").search
"""Finds what `escape` changes."""


def printed(value: Any) -> str:
    """Return what `escape` returns, as a plain string where nothing is to be escaped."""
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Printing(CodeGenerator):
    """Writes `environment.printed(…)` where Jinja writes `escape(…)`: the pieces of a template are joined anyway."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write(f"environment.printed({finalize.src or ''}")
        else:
            super()._output_child_pre(node, frame, finalize)


class CallingMacros(Context):
    """Calls a macro at once: of every other function Jinja asks three times whether it wants the context."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a function returns that a template calls."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)  # they are for functions that want the context
        kwargs.pop("_block_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


class PrintingEnvironment(Environment):
    """The environment of templates that print text."""

    code_generator_class = Printing
    context_class = CallingMacros
    printed = staticmethod(printed)
