"""Licences: a text is recognised if it is one, and a licence named only where it is certain."""

import pytest

from lab.registry.licences import licence, recognised

BSD = """Redistribution and use in source and binary forms, with or without modification, are permitted.
{} THIS SOFTWARE IS PROVIDED "AS IS"."""
MIT = 'Permission is hereby granted, free of charge, to any person … THE SOFTWARE IS PROVIDED "AS IS"'
ACTIVE_ENDORSEMENT = "Neither the name of the copyright holder may be used to endorse or promote products."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MIT, "MIT"),
        (BSD.format(ACTIVE_ENDORSEMENT), "BSD-3-Clause"),
        (BSD.format(""), "BSD-2-Clause"),
        (MIT + BSD.format(""), None),
        ("Do what you like.", None),
    ],
)
def test_a_licence_text_is_recognised_if_it_is_one(text, name):
    assert recognised(text) == name


@pytest.mark.parametrize(
    ("metadata", "texts", "expected"),
    [
        ({"license_expression": "MIT", "license": "Apache-2.0"}, {}, "MIT"),
        ({"license": "BSD"}, {"LICENSE": BSD.format(ACTIVE_ENDORSEMENT)}, "BSD-3-Clause"),
        ({"license": MIT}, {}, "MIT"),
        ({"license": "BSD"}, {"LICENSE": MIT, "LICENSE.vendored": BSD.format("")}, None),
        ({"classifiers": ["License :: OSI Approved :: MIT License"]}, {}, "MIT"),
        ({"classifiers": ["License :: OSI Approved :: BSD License"]}, {}, None),
        ({}, {}, None),
    ],
)
def test_a_licence_is_named_only_where_it_is_certain(metadata, texts, expected):
    found = licence(metadata, texts)
    assert (found[0] if found else None) == expected
