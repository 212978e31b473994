"""A result of every kind, with everything that it can state."""

from datetime import date
from typing import Any

from macros.schema.measured import base, registry
from macros.schema.measured.benchmarks import (
    Agreement,
    Band,
    BenchmarkRun,
    BenchStack,
    BenchWorkload,
    Conformance,
    Control,
    Estimate,
    Growth,
    Held,
    Instructions,
    Order,
    Protocol,
    Visit,
    Window,
)
from macros.schema.measured.blocks import BlockOutcome, BlockRun, BlockRuns, BlockStep, BlockTest, BlockWarning
from macros.schema.measured.books import BooksItem, BooksRun
from macros.schema.measured.citations import Citations, CitedPassage, CountedAbsence, WordHit
from macros.schema.measured.demonstrations import DemonstrationOutcome, DemonstrationsRun
from macros.schema.measured.footprint import Footprint, Median
from macros.schema.measured.measures import Measure, MeasuredValue
from macros.schema.measured.mutations import MutationsRun, PlantedBug
from macros.schema.measured.popularity import EntryPopularity, Figure, Popularity
from macros.schema.measured.probes import (
    Alone,
    Exchange,
    Lines,
    Observed,
    ProbeResult,
    Release,
    ServerUsed,
    SetupRun,
)
from macros.schema.measured.smoke import Cure, OlderRelease, Outcome, Smoke
from macros.schema.measured.type_coverage import Tool, TypeCounts, TypeCoverage

DIGEST = "3b" * 32
ORIGIN: dict[str, Any] = {"command": "python -m lab x", "moment": "2026-11-20T07:12:02Z"}
ENTRY = ORIGIN | {"entry": "hello"}
PACKAGE = ENTRY | {"package": "pkg:pypi/hello", "version": "2.0"}
HERE = {"machine": base.Machine(cpu="Quick CPU", cores=2, system="Linux 6.1.0", architecture="x86_64")}
MEDIAN = Median(median=2.0, unit="ms", values=(1.5, 2.0, 3.0))
SEEN = Observed(
    exchanges=(Exchange(request="GET /", status="HTTP/1.1 200 OK", headers=("a: b",), body="\x1b[1A"),),
    figures={"fast": True, "count": 3, "seconds": 1.0, "word": "x", "flags": ("HttpOnly", "Secure"), "none": ()},
)
ENDED = BlockOutcome(
    ended="warns",
    error="NameError",
    warnings=(BlockWarning(category="DeprecationWarning", message="old", file="a.py"),),
    steps=(BlockStep(what="it runs", kind="run", error="NameError"),),
)
COUNTS = {"known": 1, "ambiguous": 0, "unknown": 1, "share": 0.5}
READ: dict[str, Any] = ENTRY | {
    "package": "pkg:pypi/hello",
    "latest": registry.Latest(version="2.0", released=date(2026, 10, 1)),
    "first_release": date(2020, 2, 3),
    "releases": ((date(2020, 2, 3), "1.0"), (date(2026, 10, 1), "2.0")),
    "dates_from": "the tags",
    "releases_24_months": 1,
    "longest_gap_24_months": 600,
    "since_last_release": 50,
    "licence": registry.Licence(expression="MIT", read_from="the field License"),
    "yanked": (registry.Yanked(version="1.1", released=date(2021, 1, 1), reason="It was broken."),),
    "typed": registry.Typed(marker=True, file="hello/py.typed"),
    "vulnerabilities": (registry.Vulnerability(id="PYSEC-1", aliases=("CVE-1",)),),
    "installed": registry.Installed(runtime="Python 3.13.0", command="uv pip install hello"),
    "dependencies": registry.Dependencies(direct=("x",), transitive=1, all=("x", "y")),
    "installed_size": registry.InstalledSize(alone=1, with_dependencies=2),
}
EXAMPLES: dict[str, base.Result] = {
    "registry/hello": registry.PythonReading(
        **READ,
        ecosystem="pypi",
        requires_python=">=3.11",
        pythons=("2.7", "3.13"),
        development_status=None,
        not_available={"development-status": "no classifier states one"},
    ),
    "registry/node": registry.NodeReading(**READ, ecosystem="npm", engines={"node": ">=20"}, not_available={}),
    "smoke/hello": Smoke(
        **PACKAGE,
        **HERE,
        outcomes=(Outcome(python="3.13.0", outcome="refused", error="It needs Python 3.14."),),
        newest_python=None,
        cured=Cure(python="3.13.0", outcome="fail", error="no", added=("setuptools<81",), packages={"hello": "2.0"}),
        older_release=OlderRelease(python="3.13.0", outcome="fail", error="no", packages={"hello": "1.0"}),
        packages={"hello": "2.0"},
    ),
    "footprint/hello": Footprint(
        **PACKAGE,
        **HERE,
        server="waiter",
        start="python smoke.py {port}",
        first_response=MEDIAN,
        first_response_processor=MEDIAN,
        background_load=MEDIAN,
        idle_pss=MEDIAN,
        installed_bytes=1000,
        packages={"hello": "2.0"},
        lock=DIGEST,
        runtime="CPython 3.13.0",
    ),
    "type-coverage/hello": TypeCoverage(
        **PACKAGE,
        **COUNTS,
        module="hello",
        python="3.13",
        tool=Tool(name="pyright", version="1.1"),
        marker_added=True,
        parameters=4,
        annotated=1,
        without=("hello.tests",),
        as_reported=TypeCounts(**COUNTS),
    ),
    "probes/hello": SetupRun(
        **ENTRY,
        setup="hello",
        adapter="adapters/hello.py",
        decides=False,
        requirements=("hello[standard]",),
        packages={"hello": "2.0"},
        lock=DIGEST,
        runtime="Python 3.13.0",
        framework=Release(name="hello", version="2.0"),
        server=ServerUsed(name="quick", version="1.0", command="hello PORT", own=True),
        probes={
            "echo": ProbeResult(
                question="Does it echo?",
                subject="data",
                answer="opt-in",
                observed=SEEN,
                by_default=Observed(),
                reason="Switch it on.",
                documentation="https://hello.example/",
                lines=(Lines(first=1, last=2, code="x"),),
                thresholds={"taken": "1 KiB"},
                owner="framework",
                alone=Alone(answer="fail", figures={"refused bytes": 2}),
            )
        },
    ),
    "citations/hello": Citations(
        **ENTRY,
        passages=(
            CitedPassage(
                source="https://hello.example.org/",
                at="first words … last words",
                version="2.0",
                checked=date(2026, 11, 20),
                status="found",
                moment="2026-11-20T07:12:02Z",
                how="repository at a tag",
                release="v2.0",
                why="It is there.",
                file="docs/index.rst",
                line=3,
                digest=DIGEST,
                first_digest="4c" * 32,
            ),
        ),
        absences=(
            CountedAbsence(
                criterion="openapi",
                version="2.0",
                moment="2026-11-20T07:12:02Z",
                how="live",
                release="v2.0",
                why="It is not there.",
                pages=412,
                words={"openapi": 1},
                apart=2,
                passages_apart=("another word",),
                hits=(WordHit(word="openapi", file="docs/index.rst", line=9),),
            ),
        ),
    ),
    "books/hello": BooksRun(
        **ENTRY,
        **HERE,
        items={"live": BooksItem(outcome="failed", tests=2, reason="It is dead.")},
        files=DIGEST,
        packages={"hello": "2.0"},
        runtime="CPython 3.13.0",
    ),
    "mutations/hello": MutationsRun(
        **ENTRY,
        bugs={"dead": PlantedBug(bug="It is dead.", item="live", test="test_it_lives")},
        files=DIGEST,
        suite=DIGEST,
        machine=HERE["machine"],
    ),
    "books-postgresql/hello": BooksRun(
        **ENTRY,
        **HERE,
        items={"live": BooksItem(outcome="passed", tests=2)},
        files=DIGEST,
        packages={"hello": "2.0"},
        runtime="CPython 3.13.0",
        database="PostgreSQL 15.14",
        server={"fsync": "off"},
    ),
    "benchmarks/2026-11-20": BenchmarkRun(
        **ORIGIN,
        **HERE,
        began="2026-11-20T07:00:00Z",
        profile="whole",
        revision="3b3b3b3",
        tools={"wrk": "4.1.0"},
        settings={"fsync": "off"},
        protocol=Protocol(
            rounds=7,
            window=1,
            warm_up=1,
            warm_up_node=5,
            warm_up_further=0.3,
            connections=16,
            counted=200,
            tie=0.05,
            tie_instructions=0.03,
            void=0.05,
            disturbed=0.5,
            quiet=0.15,
            saturated=0.95,
            relaxed=0.8,
            pace=0.05,
            slice=0.5,
            slices=3,
            seed=1,
        ),
        stacks={
            "hello": BenchStack(
                entry="hello",
                title="Hello",
                language="Python",
                lanes=("same",),
                server="Uvicorn",
                interface="asgi",
                floor="raw",
                packages={"hello": "2.0"},
                lock=DIGEST,
                runtime="CPython 3.13.0",
            ),
            "raw": BenchStack(
                title="Raw",
                language="Python",
                server="Uvicorn",
                interface="asgi",
                packages={"uvicorn": "0.54.0"},
                runtime="CPython 3.13.0",
            ),
        },
        workloads={"json": BenchWorkload(title="JSON", request="GET /json")},
        answers={
            "hello": {
                "json": Conformance(
                    wrong=("It is late.",), without="It has none.", status=200, content_type="text/plain", body=DIGEST
                )
            }
        },
        instructions=(
            Instructions(stack="hello", round=1, again=True, requests=200, counted={"json": 9000}, failed="It ended."),
        ),
        visits=(
            Visit(
                part="core",
                round=1,
                place=1,
                stack="hello",
                again=True,
                start=0.5,
                restart=0.5,
                idle=40.0,
                loaded=50.0,
                failed="It ended.",
                windows=(
                    Window(
                        workload="json",
                        growing="rows",
                        at=20,
                        connections=16,
                        requests=1000,
                        seconds=1.0,
                        processor=0.9,
                        load=0.3,
                        foreign=0.01,
                        pace=13.8,
                        slices=(890.0, 900.0, 905.0),
                        latency={"50": 0.001},
                        rate=200.0,
                        failed="It ended.",
                    ),
                ),
                held=(Held(connections=100, pss=60.0),),
            ),
        ),
        orders=(
            Order(
                metric="processor",
                workload="json",
                estimates={"hello": Estimate(median=90.0, low=89.0, high=91.0, rounds=7)},
                bands=(Band(stacks=("hello",)),),
                ratios={"hello/raw": (1.5, 1.4, 1.6)},
            ),
        ),
        controls=(Control(stack="hello", metric="processor", workload="json", ratio=(1.0, 0.99, 1.01), valid=True),),
        agreements=(Agreement(workload="json", tau=0.9, stacks=2),),
        growth=(
            Growth(
                growing="rows",
                stack="hello",
                points=((20, 90.0), (40, 180.0)),
                exponent=1.0,
                low=0.9,
                high=1.1,
                words="It grows in proportion.",
            ),
        ),
    ),
    "demonstrations/hello": DemonstrationsRun(
        **PACKAGE,
        file="lab/demonstrations/hello.py",
        digest=DIGEST,
        functions={"it-works": DemonstrationOutcome(outcome="failed", claim="It works.", seconds=0.5, message="no")},
        packages={"hello": "2.0"},
        lock=DIGEST,
        runtime="CPython 3.13.0",
    ),
    "popularity": Popularity(
        **ORIGIN,
        entries={
            "hello": EntryPopularity(
                downloads=Figure(
                    value=3, of="pkg:pypi/hello", counts="x", source="https://x.example/", day=date(2026, 4, 1)
                ),
                stars=None,
                not_available={"stars": "it has no repository on GitHub"},
            )
        },
    ),
    "blocks": BlockRuns(
        **ORIGIN,
        **HERE,
        blocks={
            "block-01": BlockRun(
                language="python",
                files=("a.py",),
                printed="x = 1\n",
                alone=ENDED,
                context=ENDED,
                given={"b.py": "y = 1\n"},
                after=("block-02",),
                today="x = 2\n",
                today_files=("a.py",),
                today_after=("block-02",),
                beside={"c.py": ""},
                tests=(BlockTest(name="test_x", error="AssertionError"),),
            )
        },
        environments={"hello-printed": {"hello": "2.0"}},
        runtime="CPython 3.13.0",
    ),
}
MEASURE = Measure(
    name="Stars",
    unit="stars",
    command="python -m lab x",
    values={
        "hello": MeasuredValue(value=3, day=date(2026, 4, 1), bound="at most"),
        "other": MeasuredValue(value=0.5, day=date(2026, 4, 1)),
    },
)
