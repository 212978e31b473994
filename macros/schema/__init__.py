"""What it may say: the one schema of data/, as typed and frozen records.

The field tables of data/README.md and /contribute/ and the JSON Schema for editors come from here.
"""

from macros.schema.articles import FAULTS, Article, ArticleFigure, Block, Finding, Lines, Remark
from macros.schema.base import Record
from macros.schema.changes import Change, DayOfChanges, EntryChanges, FactChange
from macros.schema.criteria import Criterion, Group, Implication, Kind, ProbeRule, Scale, Scales, SharedCriteria, Value
from macros.schema.entries import (
    OUTSIDE_ONLY,
    RELATIONS,
    SUPERSEDING,
    Documentation,
    Entry,
    Event,
    Evidence,
    Fact,
    Inheritance,
    OtherMeaning,
    Relation,
    Reply,
    Spring,
    Trait,
)
from macros.schema.glossary import Glossary, Term
from macros.schema.guide import (
    Described,
    FigureWeight,
    Need,
    Said,
    Stack,
    StackPart,
    Statement,
    UseCase,
    Weight,
    Witness,
)
from macros.schema.idioms import IDIOM_STATUS, Idiom
from macros.schema.matrices import Concept, Concepts, Matrix, Row, SpringEquivalent, Table
from macros.schema.measured.measures import Measure, MeasuredValue
from macros.schema.outside import Outside
from macros.schema.outside_benchmarks import (
    ASPECTS,
    BenchmarkStatement,
    Mention,
    OutsideBenchmark,
    OutsideFigure,
    OutsideResult,
)
from macros.schema.ratings import MeasurePart, Otherwise, Part, Rating, Rule
from macros.schema.resources import RESOURCES, Resource
from macros.schema.search import Place, Places
from macros.schema.series import Series, end_of

__all__ = [
    "ASPECTS",
    "FAULTS",
    "IDIOM_STATUS",
    "OUTSIDE_ONLY",
    "RELATIONS",
    "RESOURCES",
    "SUPERSEDING",
    "Article",
    "ArticleFigure",
    "BenchmarkStatement",
    "Block",
    "Change",
    "Concept",
    "Concepts",
    "Criterion",
    "DayOfChanges",
    "Described",
    "Documentation",
    "Entry",
    "EntryChanges",
    "Event",
    "Evidence",
    "Fact",
    "FactChange",
    "FigureWeight",
    "Finding",
    "Glossary",
    "Group",
    "Idiom",
    "Implication",
    "Inheritance",
    "Kind",
    "Lines",
    "Matrix",
    "Measure",
    "MeasurePart",
    "MeasuredValue",
    "Mention",
    "Need",
    "OtherMeaning",
    "Otherwise",
    "Outside",
    "OutsideBenchmark",
    "OutsideFigure",
    "OutsideResult",
    "Part",
    "Place",
    "Places",
    "ProbeRule",
    "Rating",
    "Record",
    "Relation",
    "Remark",
    "Reply",
    "Resource",
    "Row",
    "Rule",
    "Said",
    "Scale",
    "Scales",
    "Series",
    "SharedCriteria",
    "Spring",
    "SpringEquivalent",
    "Stack",
    "StackPart",
    "Statement",
    "Table",
    "Term",
    "Trait",
    "UseCase",
    "Value",
    "Weight",
    "Witness",
    "end_of",
]
