"""The programs of the lab: what their headers say, and which answer counts."""

import pytest

from lab.core import entries, programs
from lab.core.programs import Program


def test_every_file_says_what_it_installs_and_is_about_an_entry():
    tests = programs.all_programs(suffixes=(".py", ".mjs"))
    assert tests and all(test.dependencies for test in tests.values())
    assert set(tests) <= set(entries.entries())
    assert {test.entry for test in tests.values() if test.serve and "{port}" not in test.serve} == set()


def test_a_test_that_checks_nothing_is_not_a_smoke_test():
    for test in programs.all_programs().values():
        assert test.serve or "assert" in test.file.read_text(), test.entry


def test_a_header_is_read(tmp_path):
    file = tmp_path / "nameko.py"
    file.write_text(
        '# /// script\n# dependencies = ["nameko"]\n#\n# [tool.lab]\n# serve = "nameko run"\n# cure = ["six"]\n# ///\n'
    )
    assert programs.read(file) == Program("nameko", file, ("nameko",), serve="nameko run", cure=("six",))


def test_a_file_without_a_header_is_refused(tmp_path):
    (tmp_path / "hello.py").write_text("import hello\n")
    with pytest.raises(ValueError, match=r"hello.py has no `/// script` header"):
        programs.all_programs(tmp_path)


@pytest.mark.parametrize("body", [b'{"hello": "moon"}', b"<p>hello</p>", b"", b"[1]"])
def test_only_the_agreed_answer_counts(body):
    assert programs.is_answer(b'{"hello":"world"}')
    assert not programs.is_answer(body)
