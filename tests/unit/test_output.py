"""What templates print: the same text as from Jinja's own environment, whatever is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from macros.rendering.output import PrintingEnvironment, printed
from tests.unit.mutations import FEW

UNSAFE = """<b>'a' & "b"</b>"""


class WithHtml:
    """An object that says itself what stands in HTML for it."""

    def __html__(self) -> str:
        return "<i>its own</i>"


class Text(str):
    """A string of a type of its own."""


@given(value=st.one_of(st.text(), st.text().map(Text), st.text().map(Markup), st.integers(), st.floats(), st.none()))
@FEW
def test_a_value_is_printed_as_it_is_escaped(value):
    assert str(printed(value)) == str(escape(value))


@pytest.mark.parametrize("value", [UNSAFE, Text(UNSAFE), Markup(UNSAFE), WithHtml(), [UNSAFE], "", 7])
@pytest.mark.parametrize(
    "template",
    [
        "{{ value }}",
        "{{ value }}{{ value ~ '<' }}{{ [value, '&'] | join(' ') }}",
        "{% macro cell(one, other='<&>') %}<td>{{ one }}{{ other }}{% endmacro %}{{ cell(value) }}{{ cell(1, value) }}",
        "{% macro box() %}<p>{{ caller(value) }}</p>{% endmacro %}{% call(it) box() %}{{ it }}{% endcall %}",
        "{% for one in [value, value] %}{{ loop.index }}{{ one }}{{ show(one) }}{% else %}none{% endfor %}",
        "{% set kept %}{{ value }}<br>{% endset %}{{ kept }}{{ kept | upper }}",
        "{% filter upper %}{{ value }}{% endfilter %}{{ value | string | length }}",
        "{% autoescape false %}{{ value }}{% endautoescape %}{{ value | safe }}{{ value | escape }}",
        "{% for row in rows recursive %}{{ row.name }}{{ loop(row.below) }}{% endfor %}",
    ],
)
def test_a_template_prints_what_it_would_print_in_jinjas_own_environment(template, value):
    rows = [{"name": value, "below": [{"name": "<", "below": []}]}]
    made = [
        kind(autoescape=True, undefined=StrictUndefined).from_string(template)
        for kind in (Environment, PrintingEnvironment)
    ]
    own, ours = (one.render(value=value, rows=rows, show=lambda it: it) for one in made)
    assert ours == own


@pytest.mark.parametrize("template", ["{{ missing }}", "{{ value.missing }}", "{{ missing() }}"])
def test_what_is_undefined_is_refused(template):
    with pytest.raises(UndefinedError):
        PrintingEnvironment(autoescape=True, undefined=StrictUndefined).from_string(template).render(value="")


def test_a_macro_refuses_an_argument_that_it_does_not_have():
    template = "{% macro cell(one) %}{{ one }}{% endmacro %}{% for it in [1] %}{{ cell(it, other=2) }}{% endfor %}"
    with pytest.raises(TypeError, match="takes no keyword argument 'other'"):
        PrintingEnvironment(autoescape=True).from_string(template).render()
