"""A setup's server in one run: what its adapter declares, and what the probes find."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPException
from textwrap import dedent
from typing import Any

from packaging.utils import canonicalize_name

from lab.core.errors import NoAnswerError
from lab.core.paths import ROOT
from lab.probes.kit import CAPABILITIES
from lab.probes.probe import Finding, NotPresentError, Probe, Subject
from lab.probes.server import Server, ServerProblemError
from lab.probes.setups import Setup
from macros.schema.measured.probes import Exchange, Lines, Observed

ORDER = ("running", "stopping", "stopped")


class Run:
    """A setup's server in one of its two runs, and the findings that it gave."""

    def __init__(self, server: Server, *, whole: bool = True) -> None:
        self.server = server
        self.declared = _complete(server.describe()) if whole else server.describe()
        server.start()
        registered: dict[str, dict[str, Any]] = self.declared["registered"]
        self.values = {name: item["value"] for name, item in registered.items() if item["error"] is None}
        self.errors = {name: item["error"] for name, item in registered.items() if item["error"] is not None}
        self.missing: dict[str, dict[str, Any]] = self.declared["missing"]
        self.packages = _packages(server.environment.setup, self.declared["packages"])
        self.not_present: dict[str, str] = {}
        """What the setup lacks, by the probe that needs it."""
        self.findings: dict[str, tuple[Finding, Observed]] = {}

    def ask_all(self, probes: list[Probe]) -> None:
        """Ask the running server the probes; those that stop it come last."""
        for when in ORDER:
            for probe in probes:
                if probe.when != when or self.absent(probe):
                    continue
                if reason := self.lacking(probe):
                    self.not_present[probe.id] = reason
                else:
                    if when == "running" and not self.server.alive():
                        self.server.stop()
                        self.server.start()
                    self._keep(probe)

    def _keep(self, probe: Probe) -> None:
        """Ask a probe, and keep its finding or what it says that the setup lacks."""
        try:
            self.findings[probe.id] = self.ask(probe)
        except NotPresentError as error:
            self.not_present[probe.id] = _line(str(error))

    def ask(self, probe: Probe) -> tuple[Finding, Observed]:
        """Return the finding of one probe: that of its first attempt that passes, or of the last.

        Raises NotPresentError if it finds that the setup lacks what it needs.
        """
        for _ in range(probe.attempts):
            subject = Subject(self.server, self.values)
            try:
                finding = probe.ask(subject)
            except (NoAnswerError, HTTPException, OSError) as error:
                finding = Finding(False, {"error": f"{type(error).__name__}: {error}"[:200]})
            if finding.passed:
                break
        return finding, self._shown(subject.observed(finding))

    def absent(self, probe: Probe) -> dict[str, Any] | None:
        """Return the declaration of the capability that a probe lacks, or None."""
        lacking = [self.missing[name] for name in probe.needs if name in self.missing]
        others = [self.missing[name] for name in probe.either if name in self.missing]
        if probe.either and len(others) == len(probe.either):
            lacking += others
        return lacking[0] if lacking else None

    def lacking(self, probe: Probe) -> str | None:
        """Return what the setup lacks for a probe: why registering failed, or the package that its server needs."""
        for name in probe.needs:
            if name in self.errors:
                return _line(self._redacted(self.errors[name]))
            packages = self.server.environment.setup.program.only_with.get(name, ())
            if packages and not set(packages) & set(self.packages):
                server = self.server.environment.setup.program.package
                return f"{server} needs {' or '.join(packages)} for it, which is not installed."
        return None

    def offers(self, probe: Probe) -> bool:
        """Return whether everything that a probe asks about is registered, in an adapter that need not be whole."""
        return set(probe.needs) <= self.values.keys() and (
            not probe.either or not self.values.keys().isdisjoint(probe.either)
        )

    def could(self, probe: Probe) -> bool:
        """Return whether everything was installed that a probe and its option need."""
        option: dict[str, Any] = self.declared["options"].get(probe.id, {})
        return not option.get("error") and self.errors.keys().isdisjoint(probe.needs)

    def lines(self, probe: Probe) -> tuple[Lines, ...]:
        """Return the lines of the adapter that concern a probe."""
        places = {**self.declared["registered"], **self.missing}
        asked = [name for name in (*probe.needs, *probe.either) if name in places]
        return tuple(self.quoted(places[name]["lines"]) for name in asked)

    def quoted(self, place: Mapping[str, int]) -> Lines:
        """Return the lines of the adapter at a place, with their code."""
        rows = (ROOT / self.server.environment.setup.adapter_file).read_text(encoding="utf-8").splitlines()
        code = dedent("\n".join(rows[place["first"] - 1 : place["last"]]))
        return Lines(first=place["first"], last=place["last"], code=code)

    def _shown(self, observed: Observed) -> Observed:
        exchanges = tuple(self._exchange(exchange) for exchange in observed.exchanges)
        figures = {
            name: self._redacted(value) if isinstance(value, str) else value for name, value in observed.figures.items()
        }
        return Observed(exchanges=exchanges, figures=figures)

    def _exchange(self, exchange: Exchange) -> Exchange:
        return Exchange(
            request=exchange.request,
            status=self._redacted(exchange.status),
            headers=tuple(self._redacted(header) for header in exchange.headers),
            body=self._redacted(exchange.body),
        )

    def _redacted(self, text: str) -> str:
        """Return a text without the names of this machine and this run."""
        server = self.server
        for found, instead in (
            (str(server.home), "RUN"),
            (str(server.environment.folder), "ENVIRONMENT"),
            (str(ROOT), "PROJECT"),
            (f"127.0.0.1:{server.port}", "127.0.0.1:PORT"),
        ):
            text = text.replace(found, instead)
        return text


def _line(text: str) -> str:
    """Return the first line of a text, which says what is wrong; the others give advice."""
    return text.strip().splitlines()[0].rstrip(": ")[:200]


def _packages(setup: Setup, listed: Mapping[str, str]) -> dict[str, str]:
    """Return the versions of the installed packages by the names that registries compare."""
    if setup.language == "node":
        return dict(listed)
    return {canonicalize_name(name): version for name, version in listed.items()}


def _complete(declared: dict[str, Any]) -> dict[str, Any]:
    """Return the declarations; raise ServerProblemError unless each capability is either registered or missing."""
    registered, missing = declared["registered"].keys(), declared["missing"].keys()
    silent = [name for name in CAPABILITIES if name not in registered | missing]
    if silent:
        raise ServerProblemError(
            f"The adapter does not mention {', '.join(silent)}. Register it or declare it missing."
        )
    if both := sorted(registered & missing):
        raise ServerProblemError(f"The adapter both registers and misses {', '.join(both)}. Keep one.")
    return declared
