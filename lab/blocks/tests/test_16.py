import re
import subprocess
import sys

from django.conf import settings
from django.core.cache import caches
from django.db import connections


def test_the_settings_are_loaded():
    assert settings.DEBUG is False
    assert settings.SECRET_KEY == "0123456789abcdef" * 4
    assert connections["default"].vendor == "postgresql"
    assert connections["default"].settings_dict["CONN_MAX_AGE"] == 600
    assert type(caches["default"]).__name__ == "RedisCache"


def test_the_log_goes_to_the_error_stream(capfd):
    import logging

    (handler,) = (found for found in logging.getLogger("django").handlers if type(found) is logging.StreamHandler)
    handler.setStream(sys.stderr)
    logging.getLogger("django.request").error("here it is")
    assert capfd.readouterr().err == "here it is\n"


def test_what_the_settings_of_block_13_say_is_all_that_is_left_to_find():
    command = [sys.executable, "manage.py", "check", "--deploy"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    found = set(re.findall(r"\((\w+\.\w\d+)\)", said))
    assert found == {"security.W004", "security.W008", "security.W012", "security.W016"}
