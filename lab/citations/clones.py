"""Copies of repositories, of single releases alone: what is not in the folder of documents is fetched into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from lab.citations.releases import tag_of
from lab.citations.trees import forget, git, git_directory
from lab.core.errors import LabError, RefusedError

TAGS, HEADS = "refs/tags/", "refs/heads/"
NEWEST = f"{HEADS}newest"
"""The branch of a copy that has the newest commit."""
COMMIT = re.compile("[0-9a-f]{40}")
PATIENCE = 120
"""Seconds that a repository has to give a commit."""


def on_github(repository: str) -> str:
    """Return the address of a repository, given as `owner/name`."""
    return f"https://github.com/{repository}"


class Clones:
    """Brings commits of repositories into `folder`, each once and without its history.

    `address` returns where a repository is fetched from. What cannot be fetched is left out, and asked for once.
    """

    def __init__(self, folder: Path, address: Callable[[str], str] = on_github) -> None:
        self.folder, self.address = folder, address
        self._refs = cache(self._asked_refs)
        self._fetch = cache(self._fetched)

    def place(self, repository: str) -> Path:
        """Return the folder of a repository."""
        return self.folder / repository.replace("/", "+", 1)

    def bring_release(self, repository: str, version: str | None, package: str) -> None:
        """Fetch the tag of a release, or the newest commit where no tag fits."""
        tags = [ref.removeprefix(TAGS) for ref in self._refs(repository) if ref.startswith(TAGS)]
        tag = tag_of(version, tags, package) if version else None
        self._fetch(repository, f"{TAGS}{tag}", f"{TAGS}{tag}") if tag else self._fetch(repository, "HEAD", NEWEST)

    def bring_ref(self, repository: str, parts: Sequence[str]) -> None:
        """Fetch the tag, the branch or the commit that an address begins with, if there is one."""
        refs = self._refs(repository)
        for length in range(1, len(parts) + 1):
            name = "/".join(parts[:length])
            for start in (TAGS, HEADS):
                if f"{start}{name}" in refs:
                    return self._fetch(repository, f"{start}{name}", f"{start}{name}")
        if refs and COMMIT.fullmatch(parts[0]):
            self._fetch(repository, parts[0], f"{HEADS}{parts[0]}")
        return None

    def _asked_refs(self, repository: str) -> frozenset[str]:
        """Return the tags and branches of a repository; none if it does not answer."""
        try:
            listed = git(None, "ls-remote", "--tags", "--heads", self.address(repository), seconds=PATIENCE)
        except (LabError, RefusedError):
            return frozenset()
        return frozenset(line.split("\t")[1].removesuffix("^{}") for line in listed.splitlines())

    def _fetched(self, repository: str, ref: str, name: str) -> None:
        """Fetch one commit under a name; a copy that has it already is left alone, unless it is a branch."""
        if not self._refs(repository):
            return
        place = git_directory(self.place(repository)) or self.place(repository) / "repo"
        try:
            if not (place / "HEAD").is_file():
                git(None, "init", "--quiet", "--bare", str(place))
                git(place, "symbolic-ref", "HEAD", NEWEST)
            if not (name.startswith(TAGS) and git(place, "for-each-ref", name).strip()):
                asked = ("--quiet", "--force", "--depth=1", "--no-tags", self.address(repository), f"{ref}:{name}")
                git(place, "fetch", *asked, seconds=PATIENCE)
                forget()
        except (LabError, RefusedError):
            return
