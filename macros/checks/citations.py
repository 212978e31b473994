"""The rules of words: where a page says a fact, and what was looked for where nothing says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros import schema
from macros.catalog.citations import Readings
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, facts_of, listed, rule
from macros.reading.documents import Location, Problem, count_of, quoted
from macros.schema.measured.citations import CitedPassage

ABSENCES = ("none", "absent", "by-hand", "per-process", "not-passed", "not-published", "not-described")
"""Values that say of something that it is not there."""
SHOWN_HITS = 3
"""Places that a message names."""


@rule
def searched_words_show_an_absence(scope: Scope) -> Iterator[Problem]:
    """Words that were searched, each once, belong to a value that says that something is not there.

    A value of partial may have them beside at: then at points at what is there.
    """
    for loaded, record in scope.entries():
        for where, name, fact in facts_of(record):
            in_part = fact.value == "partial" and bool(fact.at or record.evidence[int(where[1])].at)
            absent = fact.value in ABSENCES or in_part
            if fact.searched and not absent and loaded.reads((*where, "value")) and loaded.reads((*where, "at")):
                yield loaded.problem(
                    (*where, "searched"),
                    f"{name} is {quoted(fact.value)}, which is no absence: searched belongs to {listed(ABSENCES)}, "
                    "and to partial beside at. Correct the value, or point at words with at instead.",
                )
            for index, word in enumerate(fact.searched):
                if word in fact.searched[:index]:
                    yield loaded.problem((*where, "searched", index), f"{quoted(word)} is searched twice. Keep one.")


@rule
def other_meanings_belong_to_searched_words(scope: Scope) -> Iterator[Problem]:
    """A place where a word has another meaning is listed only if the word was searched, and once."""
    for loaded, record in scope.entries():
        for where, name, fact in facts_of(record):
            if fact.other_meanings and not fact.searched and loaded.reads((*where, "searched")):
                yield loaded.problem(
                    (*where, "other-meanings"),
                    f"{name} has other-meanings without searched. Add the words that were looked for, or remove it.",
                )
            places = [meaning.at for meaning in fact.other_meanings]
            for index, at in enumerate(places):
                if at in places[:index]:
                    yield loaded.problem(
                        (*where, "other-meanings", index, "at"), f"{quoted(at)} is given twice. Keep one."
                    )


@rule
def words_of_a_page_are_used(scope: Scope) -> Iterator[Problem]:
    """The words of an evidence block belong to at least one of its facts: one that points at no words itself."""
    for loaded, record in scope.entries():
        for index, page in enumerate(record.evidence):
            where: Location = ("evidence", index)
            if page.at and all(fact.at for fact in page.facts.values()) and loaded.reads((*where, "facts")):
                yield loaded.problem((*where, "at"), "Every fact of this page has its own at. Remove this one.")


@rule
def words_are_on_their_page(scope: Scope) -> Iterator[Problem]:
    """The words that a fact points at are on its page, in the release that the record names, once they were read."""
    for loaded, record in scope.entries():
        readings = _readings(scope, loaded)
        said = set[Location]()
        for place, name, words in _pointers(record):
            read = readings.passage(*words)
            if read and read.refuted and place not in said:
                said.add(place)
                yield loaded.problem(place, _not_there(name, read))


Words = tuple[str, str | None, str | None, date]
"""Words of a page: its address, the pointer, the release, the day it was read."""


def _pointers(record: schema.Entry) -> Iterator[tuple[Location, str, Words]]:
    """Yield the words that facts, idioms and series point at: the place, what points at them, the words."""
    for where, name, fact in facts_of(record):
        page = record.evidence[int(where[1])]
        place = (*where, "at") if fact.at else (*where[:2], "at")
        yield place, name, (page.source, fact.at or page.at, page.version, page.checked)
    for index, idiom in enumerate(record.idioms):
        yield ("idioms", index, "at"), idiom.what, (idiom.source, idiom.at, idiom.version, idiom.checked)
    for index, series in enumerate(record.series):
        yield ("series", index, "at"), series.version, (series.source, series.at, None, series.checked)


def _readings(scope: Scope, loaded: Loaded[schema.Entry]) -> Readings:
    return Readings(scope.sources.readings.citations.get(loaded.id))


def _not_there(name: str, read: CitedPassage) -> str:
    why = f": {read.why}" if read.why else ""
    missing = "the page is not there" if read.status == "page gone" else f"{quoted(read.at)} is not on the page"
    return (
        f"{name}: {missing} in {read.release}{why}. "
        "Point at words that are there, cite the page that has them, or correct the fact."
    )


@rule
def absences_hold(scope: Scope) -> Iterator[Problem]:
    """The words of an absence occur nowhere in the documentation of the release, other meanings apart."""
    for loaded, record in scope.entries():
        readings = _readings(scope, loaded)
        for where, name, fact in facts_of(record):
            count = readings.absence(name, record.evidence[int(where[1])], fact)
            if count and count.refuted:
                places = [f"{hit.file}, line {hit.line}" for hit in count.hits[:SHOWN_HITS]]
                more = sum(count.words.values()) - len(places)
                rest = f" and in {count_of(more, 'more place', 'more places')}" if more > 0 else ""
                yield loaded.problem(
                    (*where, "searched"),
                    f"{name} says that these words are not there, but {count.release} has {count.hits_in_words}: "
                    f"{'; '.join(places)}{rest}. Correct the fact, or list them under other-meanings.",
                )
