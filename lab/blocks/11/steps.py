from importlib import import_module

from kit import unless


def steps(take):
    block = take.run("test_main.py is imported", lambda: import_module("test_main"))
    take.expect(
        "the document has the title of custom_openapi()",
        lambda: unless(block.client.get("/openapi.json").json()["info"]["version"] == "2.0.0", "another"),
    )

    def session():
        from main import app, get_db

        given = app.dependency_overrides[get_db]()
        return unless(given is not None, "every handler is given None")

    take.expect("get_test_db() gives a session", session)

    def overridden():
        from main import app

        return unless(not app.dependency_overrides, "get_db stays overridden for every test that follows")

    take.expect("nothing stays overridden", overridden)
    take.run("test_create_book()", block.test_create_book)
