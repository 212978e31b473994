"""Answer a request under Uvicorn."""

# /// script
# dependencies = ["fastapi", "uvicorn"]
# [tool.lab]
# serve = "uvicorn smoke:app --host 127.0.0.1 --port {port} --workers 1"
# ///

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def hello() -> dict[str, str]:
    return {"hello": "world"}
