"""What all results have in common: the kinds of text in them, where they come from, and reasons for what is null."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from macros.schema.base import Record
from macros.schema.fields import Id, Package, Plain

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _moment(text: str) -> str:
    """Return the text if it is a moment in UTC, to the second."""
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise ValueError("is not a moment in UTC. It looks like 2026-11-20T07:12:02Z.") from None
    return text


def _digest(text: str) -> str:
    """Return the text if it is a SHA-256."""
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("is not a SHA-256. It has 64 hexadecimal digits.")
    return text


def _python(text: str) -> str:
    """Return the text if it is a version of Python or one of its series."""
    if not re.fullmatch(r"[23]\.\d+(\.\d+)?", text):
        raise ValueError("is not a version of Python. It looks like 3.13 or 3.13.0.")
    return text


def visible(text: str) -> str:
    """Return the text with a picture for every control character: what a server sends may hold them, HTML may not."""
    return CONTROLS.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 32 else "\ufffd", text)


Count = Annotated[int, Field(ge=0)]


Moment = Annotated[str, AfterValidator(_moment)]


Digest = Annotated[str, AfterValidator(_digest)]


Python = Annotated[str, AfterValidator(_python)]


Seen = Annotated[str, AfterValidator(visible)]


Packages = dict[str, Plain]
"""What was installed: the version of each package, by name."""


def day_of(moment: str) -> date:
    """Return the day of a moment such as `2026-11-20T07:12:02Z`."""
    return date.fromisoformat(moment[:10])


class MeasuredRecord(Record):
    """A mapping in a result. The lab builds it by the names of its fields; in a file they have hyphens."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class Result(MeasuredRecord):
    """A file of data/measured/."""

    command: Plain = Field(description="The command that repeats the run.")
    moment: Moment = Field(description="When the run ended, in UTC.")


class EntryResult(Result):
    """A result about one entry of the catalog."""

    entry: Id


class PackageResult(EntryResult):
    """A result about one release of an entry's package."""

    package: Package
    version: Plain = Field(description="The release of the package.")


class Machine(MeasuredRecord):
    """The machine of a run: what speed and memory depend on."""

    cpu: Plain
    cores: Annotated[int, Field(ge=1)]
    system: Plain
    architecture: Plain

    @property
    def in_words(self) -> str:
        """Return the machine in a few words."""
        return f"{self.cpu}, {self.cores} core{'' if self.cores == 1 else 's'}, {self.system}, {self.architecture}"


class Explained(MeasuredRecord):
    """A record in which null means that something could not be found out; the reason is given for each."""

    not_available: dict[str, Plain] = Field(description="What is null, by dotted name, and why.")

    @model_validator(mode="after")
    def _nulls_have_reasons(self) -> Explained:
        null, explained = set(_nulls(self.model_dump(by_alias=True))), set(self.not_available)
        if unexplained := sorted(null - explained):
            names = {"names": ", ".join(unexplained)}
            raise PydanticCustomError("null_without_reason", "gives no reason in not-available for {names}", names)
        if needless := sorted(explained - null):
            names = {"names": ", ".join(needless)}
            raise PydanticCustomError("reason_without_null", "gives a reason for {names}, which is not null", names)
        return self


def _nulls(value: Any, name: str = "") -> Iterator[str]:
    """Yield the dotted names of everything below that is null."""
    if value is None:
        yield name
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _nulls(item, f"{name}.{key}" if name else str(key))
