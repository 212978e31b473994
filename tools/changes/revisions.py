"""The data of a commit or of the working tree, and the days on which it changed, from git."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, bytes]
"""The content of files by their path from the root of the repository."""


RECORDS = (":(glob)data/*/*.yml", "data/measured", ":(exclude)data/changes")
"""What days are counted by, as git names files; what is written about them does not count."""


class GitError(Exception):
    """Git does not know what it was asked for; the message says what it said."""


def git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; raise GitError if it fails."""
    where = {**os.environ, "TZ": "UTC", "LC_ALL": "C"}
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, env=where, check=False)  # noqa: S607
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return done.stdout


def files_of(root: Path, revision: str) -> Files:
    """Return the files of data/ in a commit; none if it has no such folder."""
    try:
        name = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except GitError:
        raise GitError(f"There is no commit {revision}.") from None
    if not git(root, "ls-tree", name, "data"):
        return {}
    packed = git(root, "archive", "--format=tar", name, "data")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        members = (member for member in archive if member.isfile() and _is_read(member.name))
        return {member.name: found.read() for member in members if (found := archive.extractfile(member))}


def files_in(root: Path) -> Files:
    """Return the files of data/ in the working tree."""
    names = (file.relative_to(root).as_posix() for file in (root / "data").rglob("*") if file.is_file())
    return {name: (root / name).read_bytes() for name in names if _is_read(name)}


def _is_read(name: str) -> bool:
    return not name.startswith("data/measured/") or name.startswith("data/measured/registry/")


def merge_base(root: Path, branch: str = "main") -> str:
    """Return the commit at which the working tree left the branch, that of the remote where there is one."""
    for name in (f"origin/{branch}", branch):
        try:
            return git(root, "merge-base", name, "HEAD").decode().strip()
        except GitError:
            continue
    raise GitError(f"There is no branch {branch}. Name the commit to compare with.")


def days(root: Path, revision: str = "HEAD") -> dict[str, str]:
    """Return the last commit of each day (UTC) whose commits touched records or measurements, the oldest day first.

    Only the first parents are followed: what a branch was before it was merged was never published.
    """
    form = ("--format=%cd %H", "--date=format-local:%Y-%m-%d")
    lines = git(root, "log", "--first-parent", "--reverse", *form, revision, "--", *RECORDS).decode().splitlines()
    return dict(line.split(" ", 1) for line in lines)


def is_shallow(root: Path) -> bool:
    """Return whether a part of the history was left out when the repository was cloned."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
