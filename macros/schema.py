"""The one schema: what each file in data/ may say, as typed and frozen records.

The field tables of data/README.md and /contribute/ and the JSON Schema for editors come from here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from macros.fields import (
    Bare,
    Day,
    Id,
    Ids,
    Link,
    Markdown,
    Note,
    Package,
    Plain,
    Share,
    as_field,
    bare,
    listed,
    plain,
    tile_form,
)

RELATIONS = {
    "built-on": ("built on", "base of"),
    "extension-of": ("extension of", "extended by"),
    "successor": ("succeeded by", "successor of"),
    "forked-to": ("forked to", "fork of"),
    "renamed-to": ("renamed to", "renamed from"),
    "not-to-be-confused-with": ("not to be confused with", "not to be confused with"),
}
"""Type of an edge: how it reads on the page of its own entry, and on the page it points to."""
OUTSIDE_ONLY = {"renamed-from": "renamed from", "forked-from": "fork of", "successor-of": "successor of"}
"""Types that point back to something without an entry."""


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class Record(BaseModel):
    """A mapping in a data file: keys with hyphens, none beyond those declared, frozen once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, alias_generator=_hyphens)


class Trait(Record):
    """A strength, a trade-off or a use, with the criteria that are its reason."""

    text: Annotated[str, Field(max_length=140), AfterValidator(plain)] = Field(
        description="What it is, in at most 140 characters."
    )
    because: Ids = Field((), description="The criteria, answered by this record, that bear it out.")


class Outside(Record):
    """Something that has no entry here."""

    name: Bare = Field(description="What it is called.")
    link: Link | None = Field(None, description="Its page.")
    package: Package | None = Field(None, description="Its package URL.")


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


class Fact(Record):
    """The value of one criterion."""

    value: Plain = Field(description="One of the criterion's values.")
    since: Plain | None = Field(None, description="The release that brought it, in quotes.")
    note: Note | None = Field(None, description="The limit, the default, the trap; at most 240 characters.")
    via: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = Field(
        (), description="The packages or entries it comes from: package URLs or ids."
    )
    despite_probe: Note | None = Field(
        None, description="Why the value holds although the probe of its criterion answers otherwise."
    )


class Evidence(Record):
    """A page that was read, and the facts that it proves."""

    source: Link = Field(description="The page.")
    version: Plain | None = Field(None, description="The release that the page speaks of, in quotes.")
    checked: Day = Field(description="The day it was read.")
    facts: dict[str, Annotated[Fact, BeforeValidator(as_field("value"))]] = Field(
        description="Criterion: value, or criterion: {value, since, note, via}.", min_length=1
    )


class Entry(Record):
    """A framework or library: data/KIND/ID.yml."""

    name: Annotated[str, Field(max_length=60), AfterValidator(bare)] = Field(description="What it is called.")
    tile: Annotated[str, AfterValidator(tile_form)] = Field(
        description="Two letters that stand for it, unique within its kind."
    )
    package: Package | None = Field(None, description="Its package URL.")
    language: Literal["Python", "JavaScript", "TypeScript"] = Field(description="The language it is written for.")
    website: Link = Field(description="Its website or documentation.")
    repository: Link | None = Field(None, description="Its source code.")
    summary: Annotated[str, Field(min_length=20, max_length=200), AfterValidator(bare)] = Field(
        description="What it is, in one sentence."
    )
    spring: Spring | None = Field(None, description="What it is to a developer who comes from Spring.")
    best_for: Annotated[tuple[Annotated[Trait, BeforeValidator(as_field("text"))], ...], BeforeValidator(listed)] = (
        Field((), description="What it is best for.")
    )
    strengths: Annotated[tuple[Trait, ...], BeforeValidator(listed)] = Field(
        (), description="What speaks for it, each with a reason."
    )
    trade_offs: Annotated[tuple[Trait, ...], BeforeValidator(listed)] = Field(
        (), description="What speaks against it, each with a reason."
    )
    relations: Annotated[tuple[Relation, ...], BeforeValidator(listed)] = Field(
        (), description="Edges to other entries."
    )
    history: Annotated[tuple[Event, ...], BeforeValidator(listed)] = Field((), description="Dated turning points.")
    used_with: Ids = Field((), description="Entries that its documentation shows it used with.")
    inherits: Inheritance | None = Field(None, description="Facts taken over from the entry that it is built on.")
    evidence: tuple[Evidence, ...] = Field(
        min_length=1, description="The pages that were read, each with the facts that it proves."
    )


class Value(Record):
    """One allowed value of a scale or a criterion."""

    label: Bare = Field(description="The word for it.")
    symbol: Annotated[str, Field(min_length=1, max_length=2), AfterValidator(plain)] = Field(
        description="The sign for it."
    )
    tone: Literal["there", "others", "limits", "muted", "neutral"] = Field(description="Its colour by meaning.")
    credit: Share | None = Field(None, description="What it counts for, from 0 to 1.")
    meaning: Plain = Field(description="What it means.")


class Scale(Record):
    """Values that several criteria share."""

    name: Bare
    question: Plain
    values: dict[str, Value] = Field(min_length=2)


class Scales(Record):
    """data/scales.yml."""

    scales: dict[str, Scale]


class ProbeRule(Record):
    """The probe that settles a criterion, and which values a record may then have, by the probe's answer."""

    id: Id = Field(description="The probe.")
    passed: Ids = Field((), alias="pass", description="The values that a pass allows.")
    fail: Ids = Field((), description="The values that a fail allows.")
    absent: Ids = Field((), description="The values that an absence allows.")
    opt_in: Ids = Field((), description="The values that an opt-in allows.")

    def allowed(self, answer: str) -> tuple[str, ...]:
        """Return the values that a record may have where the probe answered so."""
        return {"pass": self.passed, "fail": self.fail, "absent": self.absent, "opt-in": self.opt_in}[answer]


class Criterion(Record):
    """One question, asked of every entry of a kind."""

    id: Id = Field(description="Its name in records and addresses.")
    name: Bare = Field(description="Its name on pages.")
    question: Plain = Field(description="The question.")
    scale: str | None = Field(None, description="The scale of its values, from data/scales.yml.")
    values: dict[str, Value] | None = Field(None, description="Its own values, where no scale fits.")
    pattern: str | None = Field(None, description="What a free text must look like, as a regular expression.")
    form: Plain | None = Field(None, description="That pattern in words.")
    asked_of: Literal["Python", "JavaScript", "TypeScript"] | None = Field(
        None, description="The language whose entries are asked; all, if left out."
    )
    probe: ProbeRule | None = Field(None, description="The probe that settles it.")


class Group(Record):
    """Criteria that belong together."""

    id: Id
    name: Bare
    criteria: tuple[Annotated[Criterion | str, Field(union_mode="left_to_right")], ...]


class Kind(Record):
    """data/criteria/KIND.yml: what is asked of the entries of a kind."""

    name: Bare
    singular: Bare
    summary: Bare
    position: Annotated[int, Field(ge=1, strict=True)]
    groups: tuple[Group, ...]


class SharedCriteria(Record):
    """data/criteria/shared.yml: criteria that several kinds ask."""

    criteria: tuple[Criterion, ...]


class Part(Record):
    """A criterion in a rating."""

    criterion: Id
    weight: Annotated[float, Field(gt=0, strict=True)] = 1.0
    credit: dict[str, Share] | None = None


class Otherwise(Record):
    """The measure that stands in for an entry without the first one, with steps of its own."""

    measure: Id
    steps: tuple[Annotated[float, Field(strict=True)], ...] = Field(min_length=5, max_length=5)


class MeasurePart(Record):
    """A measure in a rating: 5 for the best of those measured, 0 for the worst, in proportion between them."""

    measure: Id
    weight: Annotated[float, Field(gt=0, strict=True)] = 1.0
    better: Literal["less", "more"] = "less"


class Rule(Record):
    """How a rating comes from facts or from measured values."""

    by: Literal["share", "thresholds", "position", "positions"] = Field(
        description="share of credit, thresholds of a measure, position among the measured, or several positions."
    )
    criteria: tuple[Annotated[Part, BeforeValidator(as_field("criterion"))], ...] = ()
    at_least_answered: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.75
    measure: Id | None = None
    measures: tuple[Annotated[MeasurePart, BeforeValidator(as_field("measure"))], ...] = ()
    better: Literal["less", "more"] = "more"
    steps: tuple[Annotated[float, Field(strict=True)], ...] = ()
    otherwise: Otherwise | None = None


class Rating(Record):
    """A number from 0 to 5 and the rule it comes from: data/ratings/ID.yml."""

    name: Bare
    question: Plain
    kind: Id
    position: Annotated[int, Field(ge=1, strict=True)]
    why: Plain
    rule: Rule


class Measured(Record):
    """data/measured/MEASURE.yml: what a run or a reading found, by entry."""

    name: Bare
    unit: Plain
    command: Plain
    values: dict[str, MeasuredValue]


class MeasuredValue(Record):
    """One measured figure."""

    value: Annotated[float, Field(strict=True)]
    version: Plain
    measured: Day
    bound: Literal["at most"] | None = None


class Said(Record):
    """What an article recommends for a use case."""

    article: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    says: Plain
    recommends: Ids = ()
    note: Note | None = None


class Need(Record):
    """A condition that an entry must meet."""

    criterion: Id
    values: Annotated[tuple[str, ...], BeforeValidator(listed)]
    because: Note


class Weight(Record):
    """How much a criterion counts in a ranking."""

    weight: Annotated[float, Field(gt=0, le=10, strict=True)]
    credit: dict[str, Share] | None = None
    because: Note | None = None


class UseCase(Record):
    """A use case: data/guide/ID.yml."""

    name: Bare
    group: Literal["build", "run", "team", "part"]
    kind: Id
    question: Plain
    summary: Bare
    language: Literal["Python", "JavaScript", "TypeScript"] | None = None
    needs: tuple[Need, ...] = ()
    weights: dict[str, Annotated[Weight, BeforeValidator(as_field("weight"))]] = Field(min_length=1)
    ratings: dict[str, Annotated[float, Field(gt=0, le=50, strict=True)]] = Field(default_factory=dict)
    common: Annotated[int, Field(ge=1, strict=True)] | None = None
    said: tuple[Said, ...] = ()


class StackPart(Record):
    """One part of a stack."""

    role: Bare
    entry: Id | None = None
    outside: Outside | None = None
    because: Note


class Stack(Record):
    """Entries used together for a goal: data/stacks/ID.yml."""

    name: Bare
    goal: Plain
    use_case: Id | None = None
    said: Said
    verdict: Literal["agree", "with-changes", "disagree"]
    why: Note
    parts: tuple[StackPart, ...] = Field(min_length=2)


class Row(Record):
    """Rows of a matrix under a heading of their own."""

    name: Bare
    note: Note | None = None
    criteria: Ids = ()
    ratings: Ids = ()


class Table(Record):
    """One table of a matrix: entries of one kind, and what is shown of them."""

    kind: Id
    caption: Bare | None = None
    entries: Ids = ()
    rows: Literal["criteria", "entries"] = "criteria"
    criteria: Ids = ()
    groups: Ids = ()
    ratings: Ids = ()
    sections: tuple[Row, ...] = ()


class SpringEquivalent(Record):
    """The part of Spring that a matrix answers to."""

    name: Bare
    source: Link
    checked: Day
    is_: Plain = Field(alias="is")
    ends: Plain


class Matrix(Record):
    """A published matrix: data/matrices/ID.yml."""

    name: Bare
    summary: Bare
    introduction: Markdown
    position: Annotated[int, Field(ge=1, strict=True)]
    spring: SpringEquivalent | None = None
    tables: tuple[Table, ...] = Field(min_length=1)


class Concept(Record):
    """A concept of Spring, and the criterion that asks for the like."""

    concept: Bare
    source: Link
    checked: Day
    what: Plain
    criterion: Id
    kind: Id = "frameworks"
    ends: Note | None = None


class Concepts(Record):
    """data/coming-from/spring.yml."""

    name: Bare
    entries: Ids
    concepts: tuple[Concept, ...]


class Remark(Record):
    """What an article says of an entry's health."""

    entry: Id
    line: Annotated[int, Field(ge=1, strict=True)]
    says: Plain


FAULTS = {
    "missing": "missing",
    "removed": "removed",
    "deprecated": "deprecated",
    "superseded": "superseded",
    "wrong": "wrong",
    "insecure": "insecure",
}
"""What may be wrong with a call in a code block, and the word for it."""
Lines = Annotated[tuple[Annotated[int, Field(ge=1, strict=True)], ...], BeforeValidator(listed), Field(min_length=1)]


class Finding(Record):
    """What is wrong with a call of a code block, and its form today."""

    line: Lines = Field(description="The lines of the article on which it stands.")
    call: Plain = Field(description="The call as it is printed; … stands for what is left out.")
    fault: Literal["missing", "removed", "deprecated", "superseded", "wrong", "insecure"] = Field(
        description="What is wrong with it: one of " + ", ".join(FAULTS) + "."
    )
    what: Note = Field(description="What is wrong, in one or two sentences.")
    deprecated: Plain | None = Field(None, description="The release since which it is out of date.")
    removed: Plain | None = Field(None, description="The release that removed it.")
    source: Link | None = Field(None, description="The page that says so.")
    checked: Day | None = Field(None, description="The day that page was read.")
    shown: Plain | None = Field(None, description="The step of the block's run that shows it.")
    today: Plain = Field(description="The form that is right today.")


class Block(Record):
    """A code block of an article: data/blocks/block-NN.yml. What became of it when it was run is measured."""

    article: Id = Field(description="The article.")
    lines: tuple[Annotated[int, Field(ge=1, strict=True)], Annotated[int, Field(ge=1, strict=True)]] = Field(
        description="Its first and its last line in the article."
    )
    entry: Id = Field(description="The entry that it shows.")
    name: Bare = Field(description="What it is called.")
    purpose: Plain = Field(description="What it is for, in one sentence.")
    findings: tuple[Finding, ...] = Field(description="What is wrong with it.")


class Article(Record):
    """An article whose statements are compared with the facts: data/articles/ID.yml."""

    name: Bare
    publisher: Bare | None = None
    link: Link | None = None
    retrieved: Day | None = None
    stars: dict[str, dict[str, Annotated[int, Field(ge=0, le=5, strict=True)]]] = Field(default_factory=dict)
    health: tuple[Remark, ...] = ()
