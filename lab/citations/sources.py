"""Which documents an address belongs to: the repository that it names, or that of the entry whose pages it is among."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tarfile import TarError

from lab.citations import trees
from lab.citations.clones import Clones
from lab.citations.corpus import Corpus
from lab.citations.pages import page_path, ref_and_path, repository_of
from lab.citations.trees import Folder, Tree
from lab.core.errors import LabError
from macros.schema.addresses import is_below
from macros.schema.entries import Entry
from macros.schema.fields import package_name
from macros.schema.measured.citations import AT_RELEASE, Way


@dataclass(frozen=True, slots=True)
class Home:
    """Pages that begin with an address, and the repository and folder that they are made from."""

    address: str
    repository: str
    folder: str
    package: str | None
    """The package URL of the releases that the tags are of; None if its releases do not hold these pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a tree of documents.

    `path` is what its address says of its place below `folder`; `exact` if it names the file itself. `programs` is the
    folder whose programs it can be generated from.
    """

    corpus: Corpus
    folder: str
    path: str
    exact: bool
    programs: str = ""


def homes(record: Entry) -> Iterator[Home]:
    """Yield where the pages of an entry are made: its documentation, its website."""
    own = repository_of(record.repository) if record.repository else None
    for one in record.documentation:
        repository = repository_of(one.repository) if one.repository else own
        if repository:
            yield Home(one.address, repository, one.files or "", record.package if repository == own else None)
    if own:
        yield Home(record.website, own, "", record.package)


Distributions = Callable[[str, str | None], tuple[Path, str] | None]
"""Returns an unpacked source distribution and its version, for a package URL and a version."""


class Library:
    """The documents in a folder, where `owner+name/` is a git directory or an unpacked source distribution.

    `folder` is None if there is none; `clones` fetches what it lacks; `distributions` has those of packages whose
    repository is not there, or has no tag of the release.
    """

    def __init__(
        self,
        folder: Path | None,
        records: Mapping[str, Entry],
        distributions: Distributions | None = None,
        clones: Clones | None = None,
    ) -> None:
        self.folder, self.records, self.distributions, self.clones = folder, records, distributions, clones
        self._corpora: dict[Tree, Corpus] = {}
        self._folders: dict[Path, Tree] = {}
        self._distributions: dict[tuple[str, str | None], tuple[Path, str] | None] = {}

    @cached_property
    def _given(self) -> dict[str, Path]:
        found = self.folder.glob("*+*") if self.folder else ()
        return {one.name.replace("+", "/", 1).lower(): one for one in found if one.is_dir()}

    @property
    def has_documents(self) -> bool:
        """Return whether there is a folder of documents, or they are fetched."""
        return self.folder is not None or self.clones is not None

    def _place(self, repository: str) -> Path | None:
        """Return the folder of a repository, or None."""
        fetched = self.clones.place(repository) if self.clones else None
        return self._given.get(repository) or (fetched if fetched and fetched.is_dir() else None)

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
            fits = [home for home in among if is_below(address, home.address)]
            if fits:
                return max(fits, key=lambda home: len(home.address))
        return None if self.records[entry].documentation or not own else own[-1]

    def trees(self, home: Home, version: str | None) -> list[Tree]:
        """Return the documents of a release, the best first: a tag, a source distribution, the newest commit."""
        name = package_name(home.package) if home.package else ""
        if self.clones and home.repository not in self._given:
            self.clones.bring_release(home.repository, version, name)
        directory, found = self._place(home.repository), list[Tree]()
        git = trees.git_directory(directory) if directory else None
        if git and version and (tagged := trees.at_release(git, version, name)):
            return [tagged]
        if directory and not git:
            return [self._unpacked(directory, "folder", version or "unknown")]
        unpacked = self._distribution(home.package, version)
        if unpacked:
            found.append(self._unpacked(unpacked[0], "source distribution", unpacked[1]))
        newest = trees.newest(git) if git else None
        return [*found, newest] if newest else found

    def _distribution(self, package: str | None, version: str | None) -> tuple[Path, str] | None:
        """Return an unpacked source distribution; None if there is none, or if its registry does not answer."""
        if package is None or self.distributions is None:
            return None
        asked = (package, version)
        if asked not in self._distributions:
            try:
                self._distributions[asked] = self.distributions(package, version)
            except (LabError, OSError, TarError, ValueError):  # those of requests are OSErrors
                self._distributions[asked] = None
        return self._distributions[asked]

    def _unpacked(self, place: Path, how: Way, release: str) -> Tree:
        return self._folders.setdefault(place, Folder(place, how, release))

    def corpus(self, tree: Tree) -> Corpus:
        """Return the folded files of a tree."""
        return self._corpora.setdefault(tree, Corpus(tree))

    def free(self) -> None:
        """Forget the folded files: those of one entry take up to a few hundred megabytes."""
        self._corpora.clear()

    def pages(self, entry: str, address: str, version: str | None, of: str | None = None) -> list[Page] | str:
        """Return a page in its documents, the best first, or why there are none.

        `of` is the package URL or the entry whose release the version is, if a record says so.
        """
        released = self._package(of)
        if repository := repository_of(address):
            return self._on_github(repository, address, version, released)
        home = self.home(entry, address)
        if released and (home is None or home.package != released):
            host = "/".join(address.split("/")[:3])
            home = Home(host, self._repository(of) or f"the package {released}", "", released)
        if home is None:
            return "no record names this page and its repository under documentation"
        path = page_path(address, home.address)
        found = [Page(self.corpus(tree), home.folder, path, exact=False) for tree in self.trees(home, version)]
        return found or f"no documents of {home.repository}"

    def _package(self, of: str | None) -> str | None:
        return of if of is None or of.startswith("pkg:") else self.records[of].package

    def _repository(self, of: str | None) -> str | None:
        """Return the repository of the entry that `of` names, by its id or its package."""
        found = (record for name, record in self.records.items() if of in (name, record.package))
        return next((repository_of(record.repository) for record in found if record.repository), None)

    def _on_github(self, repository: str, address: str, version: str | None, released: str | None) -> list[Page] | str:
        """Return the file that an address of GitHub names: at its ref, or else at the release."""
        parts = ref_and_path(address).split("/")
        if self.clones and parts[0] and repository not in self._given:
            self.clones.bring_ref(repository, parts)
        named = self._at_ref(repository, parts, exact="/tree/" not in address)
        if named and (named.corpus.tree.how == trees.AT_TAG or version is None):
            return [named]
        owners = (record.package for record in self.records.values() if _owns(record, repository))
        home = Home(address, repository, "", released or next(owners, None))
        found = self.trees(home, parts[0] if version is None and parts[0] else version)
        path = "/".join(parts[1:])
        at_release = [_below(self.corpus(tree), path, exact=path in tree.paths) for tree in found]
        if named:  # a branch: the release comes first, and what the branch has now comes last
            at_release = [page for page in at_release if page.corpus.tree.how in AT_RELEASE]
        return [*at_release, *([named] if named else [])] or f"no documents of {repository}"

    def _at_ref(self, repository: str, parts: Sequence[str], *, exact: bool) -> Page | None:
        """Return the file or folder that an address names, at its tag, branch or commit; None if there is no such."""
        place = self._place(repository)
        git = trees.git_directory(place) if place else None
        for length in range(1, len(parts) + 1) if git and parts[0] else ():
            if git and (tree := trees.at_ref(git, "/".join(parts[:length]))):
                return _below(self.corpus(tree), "/".join(parts[length:]), exact=exact)
        return None

    def documentation(self, entry: str, version: str | None) -> list[tuple[Corpus, str]] | str:
        """Return the whole documentation of an entry, with the folder in each of its trees, or why it is not there."""
        record, found = self.records[entry], []
        named = self._all_homes[entry][: len(record.documentation)]
        sites = [home for home in named if repository_of(home.address) is None]  # else: files of a neighbour
        items = sites or self._all_homes[entry][-1:]
        for home in items:
            of_home = self.trees(home, version)
            if not of_home:
                return f"no documents of {home.repository}"
            found.append((self.corpus(of_home[0]), home.folder))
        return list(dict.fromkeys(found)) or "no record names the repository of its documentation"


def _owns(record: Entry, repository: str) -> bool:
    return bool(record.repository) and repository_of(record.repository or "") == repository


def _below(corpus: Corpus, path: str, *, exact: bool) -> Page:
    """Return the file or the folder at a path of a repository; a folder that is not there is looked for everywhere."""
    is_folder = any(file.startswith(f"{path}/") for file in corpus.tree.paths)
    if exact or not is_folder:
        return Page(corpus, "", path, exact)
    return Page(corpus, path, "", exact=False, programs=path)
