from importlib import import_module

from kit import answered, client_of, unless


def steps(take):
    main = take.run("main.py is imported", lambda: import_module("main"))
    take.run("import uvicorn.workers, as gunicorn -k does", lambda: import_module("uvicorn.workers"))

    def ask():
        with client_of(main.app) as client:
            answered(client.get("/health"))

    take.run("the application starts and answers GET /health", ask)

    def document():
        import os

        os.environ["ENVIRONMENT"] = "production"
        import sys

        del sys.modules["main"]
        with client_of(import_module("main").app) as client:
            found = [path for path in ("/docs", "/redoc", "/openapi.json") if client.get(path).status_code == 200]
        return unless(not found, f"{', '.join(found)} is still there")

    take.expect("in production nothing shows the documentation", document)
