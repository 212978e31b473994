"""`python -m lab COMMAND [argument …]`: run one part of the lab; its exit status is the command's."""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = {
    "registry": "read what the package registries answer about every entry",
    "popularity": "read downloads and stars from dated dumps or the live APIs",
    "footprint": "measure the time to the first response, idle memory and installed size",
    "type-coverage": "measure the share of public names with known types",
    "smoke": "run a small program with every Python package",
    "probes": "ask the running frameworks every question",
    "blocks": "run an article's code blocks as printed, and test their current forms",
    "books": "run one suite against the Books application of every framework",
    "bench": "measure what a request costs every stack of server and framework",
    "demonstrations": "run the functions that show what facts say of a run",
    "citations": "look for the words of every fact on its page",
    "changes": "list in words what changed in data/measured/ since the last commit",
}
"""The commands and what they do. Each is a package beside this file; its module `command` has a function `main`."""
PACKAGES = {"demonstrations": "demonstrate"}
"""Commands whose package has another name: lab/demonstrations/ holds what is run."""
INTERRUPTED = 130


def usage() -> str:
    """Return how the lab is called, one line per command."""
    lines = [f"  {name:14} {purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(["python -m lab COMMAND [argument …]", *lines, ""])


def main(arguments: list[str]) -> int:
    """Return the exit status of the command that is named first: 2 if there is none, 130 if it was interrupted."""
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(usage())
        return 0
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(usage())
        return 2
    package = PACKAGES.get(arguments[0], arguments[0].replace("-", "_"))
    module = import_module(f"lab.{package}.command")
    try:
        status: int = module.main(arguments[1:])
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Every result file is whole; what was not measured keeps its old file.\n")
        return INTERRUPTED
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
