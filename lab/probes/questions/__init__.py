"""The probes, a module for each subject; a probe is a function whose docstring is the question."""

from lab.probes.probe import REGISTRY, Probe
from lab.probes.questions import application, concurrency, data, protocol, security, streams

SUBJECTS = {
    "protocol": protocol,
    "data": data,
    "concurrency": concurrency,
    "streams": streams,
    "security": security,
    "application": application,
}
"""Name of each subject: its module."""
PROBES: dict[str, Probe] = dict(sorted(REGISTRY.items(), key=lambda item: list(SUBJECTS).index(item[1].subject)))
"""Every probe by id, by subject, in the order of their modules."""
