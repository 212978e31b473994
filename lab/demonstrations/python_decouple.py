"""What python-decouple does when it is run: each function shows the claim in its docstring, or fails."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from decouple import AutoConfig, UndefinedValueError


def missing_values_are_noticed_one_by_one():
    """A missing value raises when it is asked for, whether another one is missing or not."""
    config, raised = AutoConfig(search_path=os.sep), []
    for name in ("SHOWN_FIRST", "SHOWN_SECOND"):
        try:
            config(name)
        except UndefinedValueError as error:
            raised.append(name in str(error))
    assert raised == [True, True]


def the_environment_is_read_at_every_call_and_the_file_once():
    """A changed environment variable is seen at the next call; a changed .env file is not."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / ".env"
        file.write_text("SHOWN_FILE=old\n")
        os.environ["SHOWN_VARIABLE"] = "old"
        config = AutoConfig(search_path=folder)
        try:
            assert (config("SHOWN_FILE"), config("SHOWN_VARIABLE")) == ("old", "old")
            file.write_text("SHOWN_FILE=new\n")
            os.environ["SHOWN_VARIABLE"] = "new"
            assert (config("SHOWN_FILE"), config("SHOWN_VARIABLE")) == ("old", "new")
        finally:
            del os.environ["SHOWN_VARIABLE"]
