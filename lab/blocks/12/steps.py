import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from kit import answered, unless


def started_as_a_program():
    """Run block 3 and this block as one file, and ask it for a page that there is not."""
    from http.client import HTTPConnection

    program = (
        Path("app.py").read_text(encoding="utf-8").replace("if __name__ == '__main__':\n    app.run(debug=True)", "")
    )
    block = Path("tooling.py").read_text(encoding="utf-8").replace("from app import app, db\n", "")
    port = _free_port()
    block = block.replace("debug=True, host='0.0.0.0', port=5000", f"host='127.0.0.1', port={port}")
    Path("program.py").write_text(program + block, encoding="utf-8")
    process = subprocess.Popen([sys.executable, "program.py"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/nowhere")
                kind = connection.getresponse().headers["Content-Type"]
                return unless(kind == "application/json", f"it answers 404 with {kind}: app.run() came first")
            except ConnectionError:
                time.sleep(0.05)
        return "no answer"
    finally:
        process.terminate()
        process.wait(5)


def _free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def steps(take):
    block = take.run("tooling.py is imported", lambda: import_module("tooling"))
    app = import_module("app").app

    def command():
        names = sorted(app.cli.commands)
        return unless("init_db" in names, f"it is called {next(name for name in names if name.startswith('init'))}")

    take.expect("the command is called init_db", command)
    runner = app.test_cli_runner()
    take.run("flask init-db", lambda: unless(runner.invoke(args=["init-db"]).exit_code == 0, "failed"))
    take.run("GET /nowhere", lambda: answered(app.test_client().get("/nowhere"), 404))
    take.expect("python app.py answers 404 as JSON", started_as_a_program)
    assert block
