"""What /api/v1/ says of measures, benchmarks and citations."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.benchmarks import newest_valid
from macros.catalog.facts import Fact
from macros.catalog.model import Catalog, Entry, Kind
from macros.schema.measured.base import day_of
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, Order
from macros.views.api.models import entries as entries_form
from macros.views.api.models import measured as form
from macros.views.dots import UNITS
from macros.views.measure_specs import MEASURES, MeasureSpec, Reading
from macros.views.measures import FEWEST, measure_url, readings_of


def measures(catalog: Catalog) -> form.Measures:
    """Return all measures of all kinds, the best first; those of which nothing is measured are left out."""
    found = (_measure(catalog, kind, spec) for kind in catalog.kinds.values() for spec in MEASURES.values())
    return {"measures": [measure for measure in found if measure["values"]]}


def _measure(catalog: Catalog, kind: Kind, spec: MeasureSpec) -> form.Measure:
    found = readings_of(catalog, kind, spec)
    return {
        "id": spec.id,
        "kind": kind.id,
        "name": spec.name,
        "question": spec.question,
        "how": spec.how,
        "unit": spec.unit,
        "better": "less" if spec.less else "more",
        "values": [_value(spec, entry, reading) for entry, reading in found],
        "path": measure_url(kind.id, spec.id) if len(found) >= FEWEST else None,
    }


def _value(spec: MeasureSpec, entry: Entry, reading: Reading) -> form.MeasuredEntry:
    return {
        "entry": entry.id,
        "value": reading.value,
        "text": spec.write(reading.value),
        "of": reading.of or None,
        "day": reading.day.isoformat(),
        "command": reading.command or None,
        "source": reading.source or None,
        "machine": reading.machine or None,
    }


def by_entry(found: form.Measures) -> dict[str, list[entries_form.Measured]]:
    """Return the figures of each entry, in the order of the measures."""
    own: dict[str, list[entries_form.Measured]] = {}
    for measure in found["measures"]:
        for value in measure["values"]:
            own.setdefault(value["entry"], []).append(
                {
                    "measure": measure["id"],
                    "value": value["value"],
                    "unit": measure["unit"],
                    "text": value["text"],
                    "of": value["of"],
                    "day": value["day"],
                    "command": value["command"],
                    "source": value["source"],
                    "machine": value["machine"],
                }
            )
    return own


def benchmarks(catalog: Catalog) -> form.Benchmarks:
    """Return the newest valid run of the benchmarks, without its raw rounds; null if there is none."""
    run = newest_valid(catalog.readings.benchmarks)
    return {"run": _run(run) if run else None}


def _run(run: BenchmarkRun) -> form.Run:
    return {
        "day": day_of(run.moment).isoformat(),
        "profile": run.profile,
        "revision": run.revision,
        "command": run.command,
        "machine": run.machine.in_words,
        "stacks": [_stack(name, stack) for name, stack in run.stacks.items()],
        "workloads": [_workload(run, name) for name in run.workloads if any(o.workload == name for o in run.orders)],
        "growth": [
            {"stack": one.stack, "growing": one.growing, "exponent": one.exponent, "words": one.words}
            for one in run.growth
        ],
        "controls": [
            {"stack": one.stack, "metric": one.metric, "workload": one.workload, "ratio": one.ratio[0]}
            for one in run.controls
        ],
    }


def _stack(name: str, stack: BenchStack) -> form.Stack:
    return {
        "id": name,
        "entry": stack.entry,
        "title": stack.title,
        "language": stack.language,
        "lanes": list(stack.lanes),
        "server": stack.server,
        "interface": stack.interface,
        "runtime": stack.runtime,
        "floor": stack.floor,
        "packages": dict(stack.packages),
    }


def _workload(run: BenchmarkRun, name: str) -> form.Workload:
    about = run.workloads[name]
    return {
        "id": name,
        "title": about.title,
        "request": about.request,
        "path": f"benchmarks/{name}/",
        "orders": [_order(order) for order in run.orders if order.workload == name],
    }


def _order(order: Order) -> form.Order:
    """Return an order in the unit that pages print."""
    _, unit, factor = UNITS[order.metric]
    return {
        "metric": order.metric,
        "unit": unit,
        "estimates": [
            {
                "stack": name,
                "median": order.estimates[name].median * factor,
                "low": order.estimates[name].low * factor,
                "high": order.estimates[name].high * factor,
                "rounds": order.estimates[name].rounds,
                "band": number,
            }
            for number, band in enumerate(order.bands, 1)
            for name in band.stacks
        ],
    }


def citations(catalog: Catalog) -> form.Citations:
    """Return the words of all facts that point at some, and the counted absences; inherited facts are left out."""
    stated = list(_stated(catalog))
    return {
        "citations": [found for entry, fact in stated if (found := _citation(entry, fact))],
        "absences": [counted for entry, fact in stated if (counted := _absence(entry, fact))],
    }


def _stated(catalog: Catalog) -> Iterator[tuple[str, Fact]]:
    for name, entry in sorted(catalog.entries.items()):
        yield from ((name, fact) for fact in entry.facts.values() if not fact.inherited_from)


def _citation(entry: str, fact: Fact) -> form.Citation | None:
    words, found = fact.words, fact.words.passage
    if words.at is None:
        return None
    return {
        "entry": entry,
        "criterion": fact.criterion.id,
        "source": fact.source,
        "at": words.at,
        "version": fact.version,
        "checked": fact.checked.isoformat(),
        "status": found.status if found else None,
        "changed": found.changed if found else False,
        "read": found.moment if found else None,
        "how": found.how if found else None,
        "release": found.release if found else None,
        "document": found.file if found else None,
        "line": found.line if found else None,
    }


def _absence(entry: str, fact: Fact) -> form.Absence | None:
    found = fact.words.absence
    if found is None:
        return None
    return {
        "entry": entry,
        "criterion": fact.criterion.id,
        "version": found.version,
        "words": dict(found.words),
        "pages": found.pages,
        "read": found.moment,
        "how": found.how,
        "release": found.release,
    }
