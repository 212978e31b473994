import logging
from pathlib import Path

import tooling
from sqlalchemy import inspect


def test_the_commands_are_there(tmp_path):
    runner = tooling.app.test_cli_runner()
    assert "Database initialized" in runner.invoke(args=["init-db"]).output
    with tooling.app.app_context():
        assert inspect(tooling.db.engine).has_table("book")
    file = tmp_path / "books.csv"
    file.write_text("title\n")
    assert "Books imported" in runner.invoke(args=["import-books", str(file)]).output


def test_a_page_that_there_is_not_is_answered_as_json(caplog):
    caplog.set_level(logging.INFO)
    response = tooling.app.test_client().get("/nowhere")
    assert (response.status_code, response.json) == (404, {"error": "Resource not found"})
    assert [record.message for record in caplog.records] == ["Request: GET http://localhost/nowhere", "Response: 404"]


def test_an_error_is_answered_without_its_text():
    with tooling.app.app_context():
        tooling.db.drop_all()
    response = tooling.app.test_client().get("/api/books")
    assert (response.status_code, response.json) == (500, {"error": "Internal server error"})


def test_as_a_program_it_registers_everything_before_it_serves():
    lines = Path("tooling.py").read_text(encoding="utf-8").splitlines()
    assert lines[-2].startswith("if __name__") and lines[-1].strip().startswith("app.run(")
    assert "0.0.0.0" not in lines[-1]
