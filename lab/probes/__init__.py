"""Questions put to running frameworks over HTTP, and their answers.

Adapters import this package inside a stack's environment, so nothing but the standard library is imported here.
"""


def main(arguments: list[str]) -> int:
    """Run the command `python -m lab probes` and return its exit status."""
    from lab.probes.command import main as run  # noqa: PLC0415 - needs more than the standard library

    return run(arguments)
