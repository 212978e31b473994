"""Pages as their sites serve them now: asked politely, kept, and asked again only whether they have changed.

A host is asked once a second at most, or as seldom as its robots.txt wants; what robots.txt forbids is not asked for.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from lab.citations.pages import GITHUB, RAW, without_fragment
from lab.core.errors import NoAnswerError
from lab.core.output import moment, write_text

AGENT = "backend-field-guide"
"""What the project is called in robots.txt and in the user agent."""
ABOUT = f"{AGENT}/0.1 (reads the pages that its facts cite, weekly)"
PAUSE = 1.0
"""Seconds between two questions to a host."""
LONGEST_PAUSE = 30.0
"""Seconds of a Crawl-delay above which a host is left alone."""
TIMEOUT = 20.0
FRESH = 12 * 3600
"""Seconds for which a kept page is not asked for again, so that an interrupted run goes on."""
GONE = (404, 410)
RAW_HOST = "https://raw.githubusercontent.com"


@dataclass(frozen=True, slots=True)
class LivePage:
    """An answer: its text, its type, and when it was given; `gone` if there is no such page."""

    text: str
    name: str
    """A name that says how the text is marked up: the file's, or `page.html`."""
    moment: str
    gone: bool = False


class Web:
    """Asks for pages. `kept` is the folder of earlier answers, `pause` the least seconds between two questions."""

    def __init__(self, kept: Path, pause: float = PAUSE, clock: Callable[[], float] = time.time) -> None:
        self.kept, self.pause, self.clock = kept, pause, clock
        self.client = httpx.Client(headers={"User-Agent": ABOUT}, follow_redirects=True, timeout=TIMEOUT)
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._asked: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser | None] = {}
        self._silent: dict[str, str] = {}

    def page(self, address: str) -> LivePage:
        """Return a page as it is now; raise NoAnswerError with the reason if it cannot be read."""
        address = plain_text_of(without_fragment(address))
        origin = "://".join(urlsplit(address)[:2])
        with self._locks[origin]:
            file = self.kept / f"{sha256(address.encode()).hexdigest()}.json"
            before = json.loads(file.read_text("utf-8")) if file.is_file() else None
            if before and self.clock() - before["time"] < FRESH:
                return _page(address, before)
            self._may_ask(origin, address)
            answer = self._ask(origin, address, _conditions(before))
            now = self._kept(answer, before)
            write_text(file, json.dumps(now))
            return _page(address, now)

    def _kept(self, answer: httpx.Response, before: dict[str, Any] | None) -> dict[str, Any]:
        """Return what is kept of an answer; raise NoAnswerError if it says nothing about the page."""
        about: dict[str, Any] = {"moment": moment(), "time": self.clock()}
        if answer.status_code == httpx.codes.NOT_MODIFIED and before:
            return before | about
        if answer.status_code in GONE:
            return about | {"gone": True, "text": "", "type": ""}
        if not answer.is_success:
            raise NoAnswerError(f"the site answered {answer.status_code}")
        heads = {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers}
        return about | heads | {"text": answer.text, "type": answer.headers.get("content-type", "")}

    def _may_ask(self, origin: str, address: str) -> None:
        """Raise NoAnswerError if the host did not answer before, or does not want to be asked."""
        if origin in self._silent:
            raise NoAnswerError(self._silent[origin])
        if origin not in self._robots:
            self._robots[origin] = self._rules(origin)
        rules = self._robots[origin]
        if rules and not rules.can_fetch(AGENT, address):
            raise NoAnswerError("robots.txt does not allow it")
        if self._pause(origin) > LONGEST_PAUSE:
            raise NoAnswerError("robots.txt asks for a longer pause than a run can wait")

    def _rules(self, origin: str) -> RobotFileParser | None:
        """Return what the robots.txt of a host says; None if it has none. A host that fails allows nothing."""
        answer = self._ask(origin, f"{origin}/robots.txt", {})
        if answer.is_server_error:
            self._silent[origin] = f"robots.txt answered {answer.status_code}"
            raise NoAnswerError(self._silent[origin])
        if not answer.is_success:
            return None
        rules = RobotFileParser()
        rules.parse(answer.text.splitlines())
        return rules

    def _pause(self, origin: str) -> float:
        rules = self._robots.get(origin)
        wanted = rules.crawl_delay(AGENT) if rules else None
        return max(self.pause, float(wanted or 0))

    def _ask(self, origin: str, address: str, headers: dict[str, str]) -> httpx.Response:
        """Return the answer, after the pause that the host is owed; raise NoAnswerError if there is none."""
        owed = self._asked.get(origin, float("-inf")) + self._pause(origin) - time.monotonic()
        if owed > 0:
            time.sleep(owed)
        try:
            return self.client.get(address, headers=headers)
        except httpx.TimeoutException:
            raise NoAnswerError(f"no answer within {TIMEOUT:g} s") from None
        except httpx.HTTPError:
            self._silent[origin] = "the host cannot be reached"
            raise NoAnswerError(self._silent[origin]) from None
        finally:
            self._asked[origin] = time.monotonic()


def _conditions(before: dict[str, Any] | None) -> dict[str, str]:
    """Return the headers that ask whether a page has changed."""
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {header: before[name] for name, header in pairs if before and name in before}


def _page(address: str, kept: dict[str, Any]) -> LivePage:
    marked_up = "html" in kept["type"]
    name = "page.html" if marked_up else urlsplit(address).path.rpartition("/")[2] or "page.txt"
    return LivePage(kept["text"], name, kept["moment"], kept.get("gone", False))


def plain_text_of(address: str) -> str:
    """Return the address of the file itself for a file of GitHub; other addresses as they are."""
    found = GITHUB.match(address)
    if RAW.match(address) or not found:
        return address
    if found[3] in ("blob", "raw"):
        return f"{RAW_HOST}/{found[1]}/{found[2]}/{found[4]}"
    return address
