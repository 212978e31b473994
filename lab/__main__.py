"""`python -m lab COMMAND [argument …]`: run one part of the lab; its exit status is the command's."""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = {
    "registry": "read what the package registries say of every entry",
    "popularity": "read downloads and stars from dated dumps or the live APIs",
    "footprint": "measure start to first response, idle memory and installed size",
    "type-coverage": "measure the share of public names with known types",
    "smoke": "run a small program with every Python package",
    "probes": "put questions to the running frameworks",
    "blocks": "run an article's code blocks as printed, and the tests of today's forms",
    "books": "run the suite of the Books application against every framework's",
    "changes": "say in words what changed in data/measured/ since the last commit",
}
"""Commands and what they do; each is a package beside this file, whose module `command` has a function `main`."""


def usage() -> str:
    """Return how the lab is called, one line a command."""
    lines = [f"  {name:13} {purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(["python -m lab COMMAND [argument …]", *lines, ""])


def main(arguments: list[str]) -> int:
    """Return the exit status of the command named first; 2 where there is no such command."""
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(usage())
        return 0
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(usage())
        return 2
    module = import_module(f"lab.{arguments[0].replace('-', '_')}.command")
    status: int = module.main(arguments[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
