"""What the Python package index answers about a package; packageurl-python knows the index's address."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from macros.schema.fields import package_name, package_page

TIMEOUT = 60


@cache
def _session() -> requests.Session:
    session = requests.Session()
    retry = Retry(total=3, backoff_factor=1, status_forcelist=(429, 502, 503, 504))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


def get(address: str) -> requests.Response:
    """Return a successful answer; raise a requests exception if there is none after three attempts."""
    answer = _session().get(address, timeout=TIMEOUT)
    answer.raise_for_status()
    return answer


def address_of(package: str) -> str:
    """Return the address of the index's answer for a package URL; a relative address in it starts there."""
    return urljoin(package_page(package), f"/pypi/{package_name(package)}/json")


def index(package: str) -> dict[str, Any]:
    """Return the index's answer for a package URL; raise a requests exception if there is none."""
    answer: dict[str, Any] = get(address_of(package)).json()
    return answer
