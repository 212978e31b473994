"""What Shown does when it is run."""


def it_works():
    """It works."""
    assert False


def nothing_is_claimed():
    assert True


def nothing_is_asserted():
    """It is shown without an assertion."""


def nobody_names_it():
    """It holds."""
    assert True
