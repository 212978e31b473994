"""The recorded answers of the registries, and what is read out of them."""

from pathlib import Path

from lab.registry import npm, pypi
from lab.registry.answers import Answers

RECORDED = Path(__file__).parent / "recorded" / "registry"
FLASK, QUART, DJANGO, EXPRESS = "pkg:pypi/flask", "pkg:pypi/quart", "pkg:pypi/django", "pkg:npm/express"


def recorded(package):
    return Answers(RECORDED).load(package)


def read(package, **changes):
    module = npm if package == EXPRESS else pypi
    raw = recorded(package) | changes
    return module.read(raw, package.rpartition("/")[2], package).model_dump(mode="json", by_alias=True)
