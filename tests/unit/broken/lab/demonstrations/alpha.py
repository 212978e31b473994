"""What Alpha does when it is run."""


def it_has_changed():
    """It has changed since."""
    assert True
