"""What Motor does when it is run."""

import motor

PLACE = "/"
FIRST, SECOND = 1, 2


def ask(application, path):
    """Return the answer of an application."""
    return application.get(path)


class Unused:
    """Nothing that is shown uses it, though it asks."""

    def ask(self):
        return ask(self, PLACE)


def _client():
    return motor.Client(FIRST)


def the_back_office_escapes():
    """A name such as `<b>` is shown as it is: the back office escapes & keeps it."""
    client = _client()
    client.put("<b>")
    assert "&lt;b&gt;" in ask(client, PLACE)
