"""Sums are the same in every Python and in a browser."""

from macros.catalog.addition import added


def test_numbers_are_added_one_after_the_other_without_making_up_for_rounding():
    assert added([0.1] * 10) == 0.9999999999999999
    assert added(iter(())) == 0.0
