"""Print, as one line of JSON after @@, what an adapter declares: `python -m lab.probes.describe MODULE`.

It runs inside the setup's environment.
"""

import importlib
import json
import platform
import sys
import sysconfig
from importlib.metadata import distributions

from lab.probes import kit


def describe(module: str) -> dict[str, object]:
    """Return the declarations of an adapter, and the Python and the packages of the environment that it runs in."""
    importlib.import_module(module)
    folders = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    installed = {found.metadata["Name"]: found.version for found in distributions(path=folders)}
    return {**kit.declarations(), "runtime": f"Python {platform.python_version()}", "packages": installed}


if __name__ == "__main__":
    sys.stdout.write(f"\n@@{json.dumps(describe(sys.argv[1]), default=str)}\n")
    sys.stdout.flush()
