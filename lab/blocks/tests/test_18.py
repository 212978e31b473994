import importlib
import logging
import os
import sys

import pytest


@pytest.fixture
def package(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///books.db")
    sys.modules.pop("app", None)
    return importlib.import_module("app")


def test_the_factory_makes_an_application_with_its_parts(package, caplog):
    app = package.create_app()
    caplog.set_level(logging.INFO)
    assert app.test_client().get("/api/books/").json == []
    assert "books" in [record.message for record in caplog.records]
    assert {"sqlalchemy", "migrate", "cache"} <= app.extensions.keys()


def test_two_applications_are_independent(package):
    class Testing(package.ProductionConfig):
        TESTING = True
        CACHE_TYPE = "SimpleCache"

    assert [package.create_app(config).testing for config in (package.ProductionConfig, Testing)] == [False, True]


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "REDIS_URL"])
def test_a_variable_that_is_missing_is_told_at_the_start(package, monkeypatch, name):
    monkeypatch.delenv(name)
    sys.modules.pop("app")
    with pytest.raises(KeyError, match=name):
        importlib.import_module("app")
    assert name not in os.environ


def test_changes_are_not_tracked_without_the_setting_too(package):
    assert package.create_app().config["SQLALCHEMY_TRACK_MODIFICATIONS"] is False
