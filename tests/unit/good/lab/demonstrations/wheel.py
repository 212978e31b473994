"""What Wheel does when it is run."""

import wheel

PLACE = "/"


async def rows_are_objects():
    """A row
    is an object."""
    row = await wheel.row(PLACE=3)
    if not isinstance(row, object):
        raise TypeError(row.PLACE)
