# region templates
from typing import Any

from jinja2 import Environment, PackageLoader

templates = Environment(loader=PackageLoader("books"), autoescape=True)


def render(name: str, **context: Any) -> str:
    return templates.get_template(name).render(context)


# endregion
