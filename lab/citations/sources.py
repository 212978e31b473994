"""Which documents an address belongs to: the repository that it names, or that of the entry whose pages it is among."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lab.citations import trees
from lab.citations.corpus import Corpus
from lab.citations.pages import page_path, ref_and_path, repository_of, without_fragment
from lab.citations.trees import Folder, Tree
from macros.schema.entries import Entry
from macros.schema.fields import package_name


@dataclass(frozen=True, slots=True)
class Home:
    """Pages that begin with an address, and the repository and folder that they are made from."""

    address: str
    repository: str
    folder: str
    package: str
    """The package whose releases the tags are of."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a tree of documents.

    `path` is what its address says of its place below `folder`; `exact` if it names the file itself.
    """

    corpus: Corpus
    folder: str
    path: str
    exact: bool


def homes(record: Entry) -> Iterator[Home]:
    """Yield where the pages of an entry are made: its documentation, its website."""
    package = package_name(record.package) if record.package else ""
    own = repository_of(record.repository) if record.repository else None
    for one in record.documentation:
        repository = repository_of(one.repository) if one.repository else own
        if repository:
            yield Home(one.address, repository, one.files or "", package)
    if own:
        yield Home(record.website, own, "", package)


def _begins(address: str, prefix: str) -> bool:
    """Return whether an address is the prefix or lies below it."""
    plain, start = without_fragment(address).rstrip("/"), without_fragment(prefix).rstrip("/")
    return plain == start or plain.startswith(f"{start}/")


class Library:
    """The documents in a folder: `owner+name/` holds a git directory or an unpacked source distribution."""

    def __init__(self, folder: Path, records: Mapping[str, Entry]) -> None:
        self.folder, self.records = folder, records
        self._corpora: dict[Tree, Corpus] = {}
        self._folders: dict[Path, Tree] = {}

    @cached_property
    def _repositories(self) -> dict[str, Path]:
        return {one.name.replace("+", "/", 1).lower(): one for one in self.folder.glob("*+*") if one.is_dir()}

    @cached_property
    def _all_homes(self) -> dict[str, list[Home]]:
        return {entry: list(homes(record)) for entry, record in self.records.items()}

    def home(self, entry: str, address: str) -> Home | None:
        """Return where a page that is not on GitHub is made; None if no entry's pages begin like it.

        Of several the longest address counts. An entry that names no documentation has it in its own repository.
        """
        own = self._all_homes[entry]
        others = [home for homes_of in self._all_homes.values() for home in homes_of]
        for among in (own, others):
            fits = [home for home in among if _begins(address, home.address)]
            if fits:
                return max(fits, key=lambda home: len(home.address))
        return None if self.records[entry].documentation or not own else own[-1]

    def tree(self, repository: str, version: str | None, package: str = "", ref: str = "") -> Tree | None:
        """Return the documents of a repository at a ref or a release; None if the folder does not have it."""
        place = self._repositories.get(repository)
        if place is None:
            return None
        directories = trees.git_directories(place)
        if not directories:
            return self._folders.setdefault(place, Folder(place, "an unpacked source distribution"))
        return (trees.at_ref(directories[0], ref) if ref else None) or trees.at_release(
            directories[0], version, package
        )

    def corpus(self, tree: Tree) -> Corpus:
        """Return the folded files of a tree."""
        return self._corpora.setdefault(tree, Corpus(tree))

    def page(self, entry: str, address: str, version: str | None) -> Page | str:
        """Return a page in its documents, or why there is none."""
        if repository := repository_of(address):
            return self._on_github(repository, address, version)
        home = self.home(entry, address)
        if home is None:
            return "no record names the repository of this page"
        tree = self.tree(home.repository, version, home.package)
        if tree is None:
            return f"no documents of {home.repository}"
        return Page(self.corpus(tree), home.folder, page_path(address, home.address), exact=False)

    def _on_github(self, repository: str, address: str, version: str | None) -> Page | str:
        rest = ref_and_path(address)
        if self._repositories.get(repository) is None:
            return f"no documents of {repository}"
        parts = rest.split("/") if rest else []
        for length in range(1, len(parts) + 1):
            ref, path = "/".join(parts[:length]), "/".join(parts[length:])
            tree = self.tree(repository, version, ref=ref)
            if tree and (tree.revision.startswith(f"{ref} (") or length == len(parts)):
                return Page(self.corpus(tree), "", path, exact="/tree/" not in address)
        tree = self.tree(repository, version)
        return Page(self.corpus(tree), "", "", exact=False) if tree else f"no documents of {repository}"

    def documentation(self, entry: str, version: str | None) -> list[tuple[Corpus, str]] | str:
        """Return the whole documentation of an entry, with the folder in each of its trees, or why it is not there."""
        record, found = self.records[entry], []
        items = self._all_homes[entry][: len(record.documentation)] or self._all_homes[entry][-1:]
        for home in items:
            tree = self.tree(home.repository, version, home.package)
            if tree is None:
                return f"no documents of {home.repository}"
            found.append((self.corpus(tree), home.folder))
        return list(dict.fromkeys(found)) or "no record names the repository of its documentation"
