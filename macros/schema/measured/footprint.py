"""What the smallest useful server of a framework costs: data/measured/footprint/ENTRY.json."""

from __future__ import annotations

from pydantic import Field

from macros.schema.fields import Plain
from macros.schema.measured.base import Count, Digest, Machine, MeasuredRecord, PackageResult, Packages


class Median(MeasuredRecord):
    """Repeated measurements: all of them, and the one in the middle."""

    median: float
    unit: Plain
    values: tuple[float, ...] = Field(min_length=1)


class Footprint(PackageResult):
    """The smallest useful server, started several times and left alone."""

    server: Plain = Field(description="The package that serves.")
    start: Plain = Field(description="The command that starts it.")
    first_response: Median = Field(description="From the start of the process to the end of its first response.")
    first_response_processor: Median = Field(description="The processor time that it used for that.")
    background_load: Median = Field(description="Cores that other programs kept busy in the meantime.")
    idle_pss: Median = Field(description="The proportional set size of all its processes after the first response.")
    installed_bytes: Count = Field(description="Bytes of everything that was installed, without compiled bytecode.")
    packages: Packages
    lock: Digest = Field(description="The SHA-256 of the lock that was installed.")
    runtime: Plain
    machine: Machine
