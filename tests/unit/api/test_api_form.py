"""The form of /api/v1/ is a promise: what a program may rely on stays."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from tools import api_form


@pytest.fixture
def now():
    return deepcopy(api_form.form())


def test_nothing_that_was_promised_has_gone_or_changed():
    assert list(api_form.breaks(api_form.kept(), api_form.form())) == []


def test_what_was_added_is_promised_too():
    assert api_form.kept() == api_form.form(), "run `make schema`"


def _drop(found):
    del found["types"]["Fact"]["properties"]["note"]


def _optional(found):
    found["types"]["Fact"]["required"].remove("source")


def _retyped(found):
    found["types"]["Fact"]["properties"]["current"] = {"type": "string"}


def _nullable(found):
    found["types"]["Fact"]["properties"]["value"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def _fewer_words(found):
    found["types"]["Fact"]["properties"]["proof"]["enum"].remove("probe")


def _type_gone(found):
    del found["types"]["Fact"]


def _address_gone(found):
    del found["addresses"]["ratings.json"]


def _other_content(found):
    found["addresses"]["ratings.json"] = "UseCases"


def _column_gone(found):
    del found["columns"]["csv/facts.csv"]["note"]


def _column_retyped(found):
    found["columns"]["dataset.sqlite: ratings"]["value"] = "TEXT"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drop, "Fact.note is gone."),
        (_optional, "Fact.source was always there and may be missing."),
        (_retyped, 'Fact.current was {"type": "boolean"} and is {"type": "string"}.'),
        (_nullable, 'Fact.value was {"type": "string"} and is {"anyOf": [{"type": "string"}, {"type": "null"}]}.'),
        (_fewer_words, "Fact.proof was "),
        (_type_gone, "The type Fact is gone."),
        (_address_gone, "ratings.json was Ratings and is gone."),
        (_other_content, "ratings.json was Ratings and is UseCases."),
        (_column_gone, "The column note of csv/facts.csv was string and is gone."),
        (_column_retyped, "The column value of dataset.sqlite: ratings was REAL and is TEXT."),
    ],
)
def test_what_would_break_a_program_is_told(now, change, told):
    change(now)
    (found,) = api_form.breaks(api_form.form(), now)
    assert found.startswith(told)


def test_what_is_added_breaks_nothing(now):
    now["addresses"]["words.json"] = "Words"
    now["types"]["Words"] = {"type": "object", "properties": {}}
    now["types"]["Fact"]["properties"]["mood"] = {"type": "string"}
    now["types"]["Fact"]["required"].append("mood")
    now["types"]["Fact"]["properties"]["proof"]["enum"].append("oath")
    now["columns"]["csv/facts.csv"]["mood"] = "string"
    assert list(api_form.breaks(api_form.form(), now)) == []


def test_the_command_refuses_to_forget_a_promise(tmp_path, monkeypatch, capsys):
    promised = api_form.form()
    promised["types"]["Fact"]["properties"]["mood"] = {"type": "string"}
    file = tmp_path / "v1.schema.json"
    file.write_text(json.dumps(promised), encoding="utf-8")
    monkeypatch.setattr(api_form, "KEPT", file)
    assert api_form.main() == 1
    assert "Fact.mood is gone." in capsys.readouterr().err
    assert json.loads(file.read_text(encoding="utf-8")) == promised
