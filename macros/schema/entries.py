"""What the record of a framework or library may say: data/KIND/ID.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from macros.schema.addresses import is_below
from macros.schema.base import Record
from macros.schema.fields import (
    Bare,
    Day,
    Id,
    Ids,
    Link,
    Note,
    Package,
    Passage,
    Plain,
    Release,
    as_field,
    bare,
    listed,
    plain,
    tile_form,
)
from macros.schema.idioms import Idiom
from macros.schema.outside import Outside
from macros.schema.resources import Resource
from macros.schema.series import Series

RELATIONS = {
    "built-on": ("built on", "base of"),
    "extension-of": ("extension of", "extended by"),
    "successor": ("succeeded by", "successor of"),
    "forked-to": ("forked to", "fork of"),
    "renamed-to": ("renamed to", "renamed from"),
    "not-to-be-confused-with": ("not to be confused with", "not to be confused with"),
}
"""Type of an edge: how it reads on the page of its own entry, and on the page it points to."""


SUPERSEDING = ("successor", "forked-to", "renamed-to")
"""Types of edges that lead to what replaces the entry."""
OUTSIDE_ONLY = {"renamed-from": "renamed from", "forked-from": "fork of", "successor-of": "successor of"}
"""Types that point back to something without an entry."""


MOST_WORDS = 40
"""Of a statement beside a value: long enough for a reason, too short for an advertisement."""


class Trait(Record):
    """A strength, a trade-off or a use, with the criteria that are its reason."""

    text: Annotated[str, Field(max_length=140), AfterValidator(plain)] = Field(
        description="What it is, in at most 140 characters."
    )
    because: Ids = Field((), description="The criteria, answered by this record, that confirm it.")


class Relation(Record):
    """An edge to another entry, or to something outside."""

    type: str = Field(description="One of " + ", ".join([*RELATIONS, *OUTSIDE_ONLY]) + ".")
    to: Id | None = Field(None, description="The id of an entry.")
    outside: Outside | None = Field(None, description="Something that has no entry: name, with link or package.")
    note: Note | None = Field(None, description="One sentence.")
    source: Link | None = Field(None, description="The page that shows it.")
    checked: Day | None = Field(None, description="The day that page was read.")


class Event(Record):
    """A dated turning point."""

    date: Day = Field(description="The day it happened.")
    text: Note = Field(description="What happened, in one sentence.")
    source: Link = Field(description="The page that shows it.")
    checked: Day = Field(description="The day that page was read.")


class Inheritance(Record):
    """Facts taken over from the entry that this one is built on."""

    origin: Id = Field(alias="from", description="The id of the entry that they come from.")
    facts: Ids = Field(description="The criteria whose facts hold here unchanged.")


class Spring(Record):
    """What a developer who comes from Spring may take the entry for, and where that ends."""

    like: Bare = Field(description="The part of Spring.")
    ends: Note = Field(description="Where the analogy ends, in one sentence.")


class Documentation(Record):
    """Pages that are the entry's own, and the files that they are made from."""

    address: Link = Field(description="The address that its own pages begin with.")
    repository: Link | None = Field(
        None, description="The repository of the files, where it is not the entry's repository."
    )
    files: Plain | None = Field(
        None, description="The folder of the repository or the source distribution that the pages are made from."
    )


class OtherMeaning(Record):
    """A place where a word of `searched` stands for something else."""

    at: Passage = Field(description="The first and last words of the place.")
    reason: Note = Field(description="What it means there.")


class Fact(Record):
    """The value of one criterion."""

    value: Plain = Field(description="One of the criterion's values.")
    since: Plain | None = Field(None, description="The release that brought it, in quotes.")
    note: Note | None = Field(None, description="The limit, the default, the trap; at most 240 characters.")
    via: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="The packages or entries it comes from: package URLs or ids."
    )
    at: Passage | None = Field(
        None, description="Where the page says it: its first and last words, at most five each: first … last."
    )
    searched: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="For an absence: the words that were looked for in the whole documentation."
    )
    other_meanings: Annotated[tuple[OtherMeaning, ...], BeforeValidator(listed)] = Field(
        (), description="Places where such a word stands for something else, each with the reason."
    )
    demonstration: Id | None = Field(
        None, description="The function of lab/demonstrations/ that shows it, with hyphens for underscores."
    )
    despite_probe: Note | None = Field(
        None, description="Why the value is right although the probe of its criterion gives another answer."
    )


class Evidence(Record):
    """A page that was read, and the facts that it proves."""

    source: Link = Field(description="The page.")
    version: Release | None = Field(None, description="The release that the page describes, in quotes.")
    of: Plain | None = Field(
        None, description="Whose release that is, if not that of the page's own project: an id or a package URL."
    )
    checked: Day = Field(description="The day it was read.")
    at: Passage | None = Field(None, description="The same for all its facts that have none.")
    facts: dict[str, Annotated[Fact, BeforeValidator(as_field("value"))]] = Field(
        description="Criterion: value, or criterion: {value, since, note, via, at}.", min_length=1
    )


def few_words(text: str) -> str:
    """Return the text if it has at most MOST_WORDS words."""
    if len(plain(text).split()) > MOST_WORDS:
        raise ValueError(f"has more than {MOST_WORDS} words. Shorten it, or let the source say the rest.")
    return plain(text)


class Reply(Record):
    """What somebody from a project says of one of its facts, beside our value."""

    criterion: Id = Field(description="The criterion that it is about; the record answers it.")
    who: Bare = Field(description="The name of the one who says it.")
    affiliation: Bare = Field(description="What they are to the project: maintainer of Flask.")
    words: Annotated[str, AfterValidator(few_words)] = Field(description="Their own words, at most 40.")
    source: Link = Field(description="The page where they say it.")
    date: Day = Field(description="The day they said it.")


class Entry(Record):
    """A framework or library: data/KIND/ID.yml."""

    name: Annotated[str, Field(max_length=60), AfterValidator(bare)] = Field(description="What it is called.")
    aliases: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="Other names that people search for it with: abbreviations, spellings, former names."
    )
    tile: Annotated[str, AfterValidator(tile_form)] = Field(description="Two letters for it, unique within its kind.")
    package: Package | None = Field(None, description="Its package URL.")
    language: Literal["Python", "JavaScript", "TypeScript"] = Field(description="The language it is written for.")
    website: Link = Field(description="Its website or documentation.")
    repository: Link | None = Field(None, description="Its source code.")
    documentation: Annotated[tuple[Documentation, ...], BeforeValidator(listed)] = Field(
        (), description="Its own pages besides the website and the repository, with the files they are made from."
    )
    summary: Annotated[str, Field(min_length=20, max_length=200), AfterValidator(bare)] = Field(
        description="What it is, in one sentence."
    )
    spring: Spring | None = Field(None, description="What it is to a developer who comes from Spring.")
    best_for: Annotated[tuple[Annotated[Trait, BeforeValidator(as_field("text"))], ...], BeforeValidator(listed)] = (
        Field((), description="What it is best for.")
    )
    strengths: Annotated[tuple[Trait, ...], BeforeValidator(listed)] = Field(
        (), description="Its strengths, each with a reason."
    )
    trade_offs: Annotated[tuple[Trait, ...], BeforeValidator(listed)] = Field(
        (), description="Its trade-offs, each with a reason."
    )
    relations: Annotated[tuple[Relation, ...], BeforeValidator(listed)] = Field(
        (), description="Edges to other entries."
    )
    history: Annotated[tuple[Event, ...], BeforeValidator(listed)] = Field((), description="Dated turning points.")
    series: Annotated[tuple[Series, ...], BeforeValidator(listed)] = Field(
        (), description="Release series, with the end of their support."
    )
    idioms: Annotated[tuple[Idiom, ...], BeforeValidator(listed)] = Field(
        (), description="Forms that have aged, and how they are written today."
    )
    resources: Annotated[tuple[Resource, ...], BeforeValidator(listed)] = Field(
        (), description="Official pages from which one learns it, and where one gets help."
    )
    used_with: Ids = Field((), description="Entries that its documentation shows it used with.")
    inherits: Inheritance | None = Field(None, description="Facts taken over from the entry that it is built on.")
    statements: Annotated[tuple[Reply, ...], BeforeValidator(listed)] = Field(
        (), description="What people from the project say of its facts, in their own words."
    )
    evidence: tuple[Evidence, ...] = Field(
        min_length=1, description="The pages that were read, each with the facts that it proves."
    )

    @property
    def homes(self) -> tuple[str, ...]:
        """Return the addresses that its own pages begin with: website, repository, documentation."""
        stated = (self.website, self.repository, *(pages.address for pages in self.documentation))
        return tuple(home for home in stated if home)

    def owns(self, address: str) -> bool:
        """Return whether a page is the entry's own: one of its homes, or below one."""
        return any(is_below(address, home) for home in self.homes)
