"""What the pages about the method, and about the keys of records, need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros import schema
from macros.catalog.facts import Criterion
from macros.catalog.model import Catalog, Kind
from macros.views.text import number

BETTER: Mapping[str, tuple[str, str, str]] = {
    "less": ("lowest", "highest", "fewer is better"),
    "more": ("highest", "lowest", "more is better"),
}
"""By what is better: the best and the worst of the measured values, and the rule in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePart:
    """A criterion or a measure in a rating; `details` are its weight and its own credits, if there are any."""

    name: str
    address: str = ""
    details: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """Return the details in brackets after a blank, or nothing."""
        return f" ({'; '.join(self.details)})" if self.details else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rating with its rule."""

    id: str
    rating: schema.Rating
    parts: tuple[RulePart, ...]
    measured: bool
    """Whether there is a value of its measure at all."""
    commands: tuple[str, ...]
    """What the values of its measures were measured with."""

    @property
    def best(self) -> str:
        """Return which measured value is the best."""
        return BETTER[self.rating.rule.better][0]

    @property
    def worst(self) -> str:
        """Return which measured value is the worst."""
        return BETTER[self.rating.rule.better][1]

    @property
    def steps(self) -> str:
        """Return the steps of its thresholds."""
        return ", ".join(map(number, self.rating.rule.steps))

    @property
    def other_steps(self) -> str:
        """Return the steps of the measure that replaces the first one."""
        other = self.rating.rule.otherwise
        return ", ".join(map(number, other.steps)) if other else ""


def rule_views(catalog: Catalog) -> tuple[RuleView, ...]:
    """Return the rule of every rating."""
    return tuple(
        RuleView(
            id=name,
            rating=rating,
            parts=(*_criteria(catalog, rating), *_measures(catalog, rating)),
            measured=rating.rule.measure in catalog.measured,
            commands=_commands(catalog, rating.rule),
        )
        for name, rating in catalog.ratings.items()
    )


def _commands(catalog: Catalog, rule: schema.Rule) -> tuple[str, ...]:
    other = rule.otherwise.measure if rule.otherwise else None
    named = (rule.measure, other, *(part.measure for part in rule.measures))
    found = (catalog.measured[name].command for name in named if name and name in catalog.measured)
    return tuple(dict.fromkeys(found))


def _criteria(catalog: Catalog, rating: schema.Rating) -> Iterator[RulePart]:
    for part in rating.rule.criteria:
        criterion = catalog.kinds[rating.kind].criteria[part.criterion]
        own = [f"{criterion.values[value].label} {number(credit)}" for value, credit in (part.credit or {}).items()]
        details = (_weight(part.weight), ", ".join(own))
        address = f"matrix/{rating.kind}/#{part.criterion}"
        yield RulePart(name=criterion.name, address=address, details=tuple(filter(None, details)))


def _measures(catalog: Catalog, rating: schema.Rating) -> Iterator[RulePart]:
    for part in rating.rule.measures:
        about = catalog.measured.get(part.measure)
        details = (BETTER[part.better][2], _weight(part.weight))
        name = about.name.lower() if about else part.measure
        yield RulePart(name=name, details=tuple(filter(None, details)))


def _weight(weight: float) -> str:
    return "" if weight == 1 else f"× {number(weight)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValues:
    """The criteria of a kind whose values are not those of a scale."""

    kind: Kind
    criteria: tuple[Criterion, ...]

    @property
    def names(self) -> str:
        """Return the names of the criteria."""
        return ", ".join(criterion.name for criterion in self.criteria)


def own_values(catalog: Catalog) -> tuple[OwnValues, ...]:
    """Return the criteria that have their own values, by kind."""
    shared = [scale.values for scale in catalog.scales.values()]
    found = (
        OwnValues(
            kind=kind,
            criteria=tuple(one for one in kind.criteria.values() if one.values and one.values not in shared),
        )
        for kind in catalog.kinds.values()
    )
    return tuple(own for own in found if own.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class YardstickGroup:
    """The criteria of a kind, or of several kinds, that have a yardstick."""

    name: str
    criteria: tuple[Criterion, ...]


def yardstick_groups(catalog: Catalog) -> tuple[YardstickGroup, ...]:
    """Return the criteria with a yardstick: those that several kinds ask first, then kind by kind."""
    every = [one for kind in catalog.kinds.values() for one in kind.criteria.values() if one.yardstick]
    shared = {one.id: one for one in reversed(every) if one.shared}
    groups = [("Asked of several kinds", tuple(shared[name] for name in sorted(shared)))]
    for kind in catalog.kinds.values():
        groups.append((kind.name, tuple(one for one in every if one.kind == kind.id and not one.shared)))
    return tuple(YardstickGroup(name=name, criteria=criteria) for name, criteria in groups if criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplicationView:
    """What follows from an answer: two criteria with the labels of their values, and why."""

    when: Criterion
    values: tuple[str, ...]
    then: Criterion
    allowed: tuple[str, ...]
    because: str


def implication_views(catalog: Catalog) -> tuple[tuple[Kind, tuple[ImplicationView, ...]], ...]:
    """Return what follows from the answers of each kind, kinds without any left out."""
    found = ((kind, tuple(_implication(kind, one) for one in kind.implications)) for kind in catalog.kinds.values())
    return tuple((kind, views) for kind, views in found if views)


def _implication(kind: Kind, stated: schema.Implication) -> ImplicationView:
    (when, values), (then, allowed) = *stated.when.items(), *stated.then.items()

    def labels(criterion: Criterion, chosen: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(criterion.values[value].label for value in chosen)

    first, second = kind.criteria[when], kind.criteria[then]
    return ImplicationView(
        when=first,
        values=labels(first, values),
        then=second,
        allowed=labels(second, allowed),
        because=stated.because,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a record."""

    name: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """The keys of a record, or of a part of it."""

    id: str
    title: str
    keys: tuple[Key, ...]


SHOWN: Mapping[str, type[schema.Record]] = {
    "An entry": schema.Entry,
    "documentation": schema.Documentation,
    "evidence": schema.Evidence,
    "A fact, in its long form": schema.Fact,
    "other-meanings": schema.OtherMeaning,
    "best-for, strengths, trade-offs": schema.Trait,
    "relations": schema.Relation,
    "outside": schema.Outside,
    "history": schema.Event,
    "series": schema.Series,
    "idioms": schema.Idiom,
    "resources": schema.Resource,
    "inherits": schema.Inheritance,
    "statements of an entry": schema.Reply,
    "spring": schema.Spring,
    "A use case": schema.UseCase,
    "A witness of use cases": schema.Witness,
    "statements": schema.Statement,
    "A benchmark of somebody else": schema.OutsideBenchmark,
    "statements about a benchmark": schema.BenchmarkStatement,
    "results": schema.OutsideResult,
    "figures": schema.OutsideFigure,
}
"""The records that people write, by heading: an entry with its parts, a use case, a witness, another's benchmark."""


def key_tables() -> tuple[KeyTable, ...]:
    """Return the keys of the records that people write, and of their parts, from the schema."""
    return tuple(
        KeyTable(
            id=f"field-{model.__name__.lower()}",
            title=title,
            keys=tuple(
                Key(name=field.alias or name, required=field.is_required(), description=field.description or "")
                for name, field in model.model_fields.items()
            ),
        )
        for title, model in SHOWN.items()
    )
