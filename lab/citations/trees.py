"""Documents at one release: a repository at a tag, read without a work tree, or an unpacked folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from lab.citations.releases import tag_of
from lab.core.errors import LabError
from lab.core.tools import found, run
from macros.schema.measured.citations import Way

LARGEST = 2_000_000
"""Bytes of a file; what is larger is no page."""
AT_TAG: Way = "repository at a tag"
AT_OTHER: Way = "repository at another commit"


class Tree:
    """Files by their path; `how` they were come by, and the `release` that they are of: a tag, a version, a commit.

    Two trees with the same `identity` have the same files.
    """

    how: Way
    release: str
    identity: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files that are not too large, sorted."""
        raise NotImplementedError

    def texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the paths with their texts; a file that is not UTF-8 is left out."""
        raise NotImplementedError


class Folder(Tree):
    """An unpacked source distribution."""

    def __init__(self, root: Path, how: Way, release: str) -> None:
        self.root, self.how, self.release = root, how, release

    @cached_property
    def identity(self) -> str:  # type: ignore[override]
        """Return the digest of the names, sizes and dates of its files."""
        stats = ((path, (self.root / path).stat()) for path in self.paths)
        return sha256(repr([(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats]).encode()).hexdigest()

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the regular files below the folder."""
        files = (file for file in self.root.rglob("*") if file.is_file() and not file.is_symlink())
        return tuple(sorted(file.relative_to(self.root).as_posix() for file in files if file.stat().st_size < LARGEST))

    def texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the texts of the files."""
        for path in paths:
            text = _text((self.root / path).read_bytes())
            if text is not None:
                yield path, text


class Commit(Tree):
    """A commit of a git directory."""

    def __init__(self, repository: Path, commit: str, how: Way, release: str) -> None:
        self.repository, self.identity, self.how, self.release = repository, commit, how, release

    @cached_property
    def _blobs(self) -> dict[str, str]:
        listed = git(self.repository, "ls-tree", "-r", "-z", "--long", self.identity)
        blobs = {}
        for line in filter(None, listed.split("\0")):
            (_, sort, blob, size), path = line.partition("\t")[0].split(), line.partition("\t")[2]
            if sort == "blob" and size.isdecimal() and int(size) < LARGEST:  # a copy may lack its largest files
                blobs[path] = blob
        return blobs

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the commit's files."""
        return tuple(sorted(self._blobs))

    def texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the texts of the files; git is started once for all of them."""
        wanted = [path for path in paths if path in self._blobs]
        if not wanted:
            return
        command = [_git(), f"--git-dir={self.repository}", "cat-file", "--batch"]
        asked = "".join(f"{self._blobs[path]}\n" for path in wanted).encode()
        answer = subprocess.run(command, input=asked, capture_output=True, check=False).stdout
        at = 0
        for path in wanted:
            head, _, _ = answer[at : at + 200].partition(b"\n")
            if head.endswith(b"missing"):
                at += len(head) + 1
                continue
            size = int(head.split()[-1])
            content = answer[at + len(head) + 1 : at + len(head) + 1 + size]
            at += len(head) + size + 2
            if (text := _text(content)) is not None:
                yield path, text


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _git() -> str:
    return found("git", "Install git.")


def git(repository: Path | None, *arguments: str, seconds: float = 60) -> str:
    """Return what git prints, about a git directory if one is given; raise LabError if it refuses or takes longer."""
    about = [f"--git-dir={repository}"] if repository else []
    return run([_git(), *about, *arguments], seconds=seconds, variables={"GIT_TERMINAL_PROMPT": "0"})


@cache
def tags(repository: Path) -> tuple[str, ...]:
    """Return the tags of a git directory."""
    return tuple(git(repository, "tag").split())


@cache
def _commit_of(repository: Path, name: str) -> str | None:
    try:
        return git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
    except LabError:
        return None


def at_release(repository: Path, version: str, package: str) -> Tree | None:
    """Return the repository at the tag of a release of the package; None if it has none."""
    tag = tag_of(version, tags(repository), package)
    commit = _commit_of(repository, f"refs/tags/{tag}") if tag else None
    return _tree(repository, commit, AT_TAG, tag or "") if commit else None


def at_ref(repository: Path, ref: str) -> Tree | None:
    """Return the repository at a tag, a branch or a commit that an address names; None if it has no such thing."""
    if ref.startswith("-"):
        return None  # git would take it for an option
    for name in (f"refs/tags/{ref}", f"refs/heads/{ref}", ref):
        if commit := _commit_of(repository, name):
            tagged = name.startswith("refs/tags/")
            return _tree(repository, commit, AT_TAG if tagged else AT_OTHER, ref)
    return None


@cache
def newest(repository: Path) -> Tree | None:
    """Return the repository at its newest commit; None if a copy of single releases does not have it."""
    commit = _commit_of(repository, "HEAD")
    if commit is None:
        return None
    day = git(repository, "log", "-1", "--format=%cs", commit).strip()
    return _tree(repository, commit, AT_OTHER, f"{commit[:10]} of {day}")


@cache
def _tree(repository: Path, commit: str, how: Way, release: str) -> Tree:
    return Commit(repository, commit, how, release)


def forget() -> None:
    """Look at the tags and commits of all repositories anew: one of them has got more."""
    for known in (tags, _commit_of, newest):
        known.cache_clear()


def git_directory(folder: Path) -> Path | None:
    """Return the git directory in a folder or one level below it; None if it has none."""
    candidates = [folder, folder / ".git", *sorted(folder.glob("*")), *sorted(folder.glob("*/.git"))]
    return next((one for one in candidates if (one / "HEAD").is_file() and (one / "objects").is_dir()), None)
