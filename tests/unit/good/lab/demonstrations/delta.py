"""What Delta does when it is run."""

import delta

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
    return delta.Client(FIRST)


def the_back_office_escapes():
    """A name such as `<b>` is shown as it is: the back office escapes & keeps it."""
    client = _client()
    client.put("<b>")
    assert "&lt;b&gt;" in ask(client, PLACE)


async def rows_are_objects():
    """A row
    is an object."""
    row = await delta.row(PLACE=3)
    if not isinstance(row, object):
        raise TypeError(row.FIRST)
