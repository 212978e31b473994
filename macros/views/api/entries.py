"""What /api/v1/ says of entries, their facts, and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from macros import schema
from macros.catalog.evidence import ProbeAnswer
from macros.catalog.facts import Fact
from macros.catalog.model import Catalog, Edge, Entry, pair_url
from macros.catalog.ratings import Score
from macros.schema.routes import of_entry, of_pair
from macros.views.api.models import entries as form
from macros.views.site import Site


def line(entry: Entry) -> form.EntryLine:
    """Return what the list of all entries says of one."""
    record, latest = entry.record, entry.reading.latest if entry.reading else None
    released = latest.released.isoformat() if latest and latest.released else None
    checked = max((fact.checked for fact in entry.facts.values()), default=None)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "summary": record.summary,
        "language": record.language,
        "package": record.package,
        "website": record.website,
        "repository": record.repository,
        "status": {"word": entry.status.word, "reason": entry.status.reason, "advised": entry.is_advised},
        "latest": {"version": latest.version, "released": released} if latest else None,
        "answered": entry.answered,
        "asked": len(entry.asked),
        "last_checked": checked.isoformat() if checked else None,
        "path": entry.url,
        "file": of_entry(entry.id),
    }


def entry_record(site: Site, entry: Entry, measured: Sequence[form.Measured]) -> form.Entry:
    """Return an entry with all that is known of it; `measured` are its figures."""
    catalog, record = site.catalog, entry.record
    return {
        **line(entry),
        "best_for": _traits(record.best_for),
        "strengths": _traits(record.strengths),
        "trade_offs": _traits(record.trade_offs),
        "relations": [_relation(catalog, edge) for edge in entry.edges],
        "used_with": list(entry.used_with),
        "series": [_series(series) for series in record.series],
        "facts": [fact_record(catalog, entry, fact) for fact in entry.facts.values()],
        "not_recorded": [name for name in entry.asked if name not in entry.facts],
        "ratings": [_score(score) for score in site.scores[entry.id]],
        "measures": list(measured),
    }


def fact_record(catalog: Catalog, entry: Entry, fact: Fact) -> form.Fact:
    """Return a fact of an entry with its evidence."""
    agreeing, found = fact.agreeing, fact.words.still_there
    return {
        "criterion": fact.criterion.id,
        "value": fact.value,
        "label": fact.text,
        "credit": fact.credit,
        "note": fact.note,
        "since": fact.since,
        "via": list(fact.via),
        "inherited_from": fact.inherited_from,
        "source": fact.source,
        "at": fact.words.at,
        "link": fact.link,
        "archived": fact.archived,
        "version": fact.version,
        "of": fact.of,
        "checked": fact.checked.isoformat(),
        "proof": fact.proof,
        "words_found": found.isoformat() if found else None,
        "current": fact.current,
        "newer": fact.aged.since if fact.aged else None,
        "probed": [_probed(answer, agrees=answer in agreeing) for answer in fact.probed],
        "demonstration": _demonstration(catalog, fact),
        "path": f"{entry.url}#{fact.criterion.id}",
    }


def _probed(answer: ProbeAnswer, *, agrees: bool) -> form.ProbeAnswer:
    return {
        "probe": answer.probe,
        "setup": answer.setup,
        "answer": answer.answer,
        "owner": answer.owner,
        "version": answer.version,
        "server": answer.server,
        "day": answer.day.isoformat(),
        "newer": answer.newer,
        "agrees": agrees,
        "path": f"behaviour/{answer.probe}/",
    }


def _demonstration(catalog: Catalog, fact: Fact) -> form.Demonstration | None:
    run = fact.demonstration
    if run is None:
        return None
    return {
        "entry": run.entry,
        "id": run.id,
        "version": run.version,
        "day": run.day.isoformat(),
        "newer": run.newer,
        "path": f"{catalog.entries[run.entry].url}#{run.anchor}",
    }


def _score(score: Score) -> form.Score:
    return {"rating": score.id, "value": score.value, "missing": score.missing or None}


def _traits(traits: Iterable[schema.Trait]) -> list[form.Trait]:
    return [{"text": trait.text, "because": list(trait.because)} for trait in traits]


def _relation(catalog: Catalog, edge: Edge) -> form.Relation:
    outside = edge.outside.name if edge.outside else ""
    return {
        "type": edge.type,
        "label": edge.label,
        "entry": edge.entry,
        "name": catalog.entries[edge.entry].name if edge.entry else outside,
        "note": edge.note,
        "source": edge.source,
        "checked": edge.checked.isoformat() if edge.checked else None,
    }


def _series(series: schema.Series) -> form.Series:
    return {
        "version": series.version,
        "name": series.name,
        "released": series.released.isoformat() if series.released else None,
        "bug_fixes_until": series.bug_fixes_until,
        "supported_until": series.supported_until,
        "source": series.source,
        "checked": series.checked.isoformat(),
    }


def pair_record(site: Site, one: Entry, other: Entry, lines: Mapping[str, form.EntryLine]) -> form.Pair:
    """Return two entries side by side, in the order of their ids; `lines` are the entries in the list of all."""
    differ: list[form.Difference] = []
    agree: list[form.Agreement] = []
    unknown: list[str] = []
    asked = {*one.asked, *other.asked}
    for name in site.catalog.kinds[one.kind].criteria:
        mine, theirs = one.facts.get(name), other.facts.get(name)
        if mine is None or theirs is None:
            unknown += [name] if name in asked else []
        elif mine.value == theirs.value:
            agree.append({"criterion": name, "value": mine.value})
        else:
            differ.append({"criterion": name, "one": mine.value, "other": theirs.value})
    both = zip(site.scores[one.id], site.scores[other.id], strict=True)
    return {
        "one": lines[one.id],
        "other": lines[other.id],
        "kind": one.kind,
        "differ": differ,
        "agree": agree,
        "not_recorded": unknown,
        "ratings": [{"rating": mine.id, "one": mine.value, "other": theirs.value} for mine, theirs in both],
        "path": pair_url(one, other),
    }


def pair_line(pair: form.Pair) -> form.PairLine:
    """Return what the list of all pairs says of one."""
    one, other = pair["one"]["id"], pair["other"]["id"]
    return {
        "one": one,
        "other": other,
        "kind": pair["kind"],
        "differ": len(pair["differ"]),
        "agree": len(pair["agree"]),
        "not_recorded": len(pair["not_recorded"]),
        "path": pair["path"],
        "file": of_pair(one, other),
    }
