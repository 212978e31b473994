"""Source distributions of packages, unpacked: what the registries have where no repository is given.

Nothing of them is built or run. They are kept below .cache/, whole or not at all.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from packageurl import PackageURL

from lab.citations.releases import parsed, tag_of
from lab.core.errors import LabError
from lab.core.index import address_of, get, index
from lab.core.node import found
from lab.core.paths import CACHE
from lab.core.tools import run
from macros.schema.fields import package_name

KEPT = CACHE / "citations" / "distributions"


def distribution(package: str, version: str | None, kept: Path = KEPT) -> tuple[Path, str] | None:
    """Return the unpacked source distribution of a package URL with its version; None if the release has none.

    Of a version such as `3.1` it is the newest patch; without one, the newest release. Raises LabError or a requests
    exception if the registry does not answer.
    """
    url = PackageURL.from_string(package)

    def place_of(release: str) -> Path:
        return kept / "-".join(filter(None, (url.type, url.namespace, url.name, release)))

    if version and version.count(".") > 1 and place_of(version).is_dir():
        return place_of(version), version
    exact = _release(package, version)
    if exact is None:
        return None
    place = place_of(exact)
    if not place.is_dir():
        archive = _sdist(package, exact) if url.type == "pypi" else _packed(package_name(package), exact)
        if archive is None:
            return None
        _unpack(archive, place)
    return place, exact


@cache
def _answer(package: str) -> dict[str, Any]:
    if PackageURL.from_string(package).type == "pypi":
        return index(package)
    answer: dict[str, Any] = json.loads(
        run([found("npm"), "view", package_name(package), "versions", "--json"]) or "[]"
    )
    return {"releases": answer}


def _release(package: str, version: str | None) -> str | None:
    releases = list(_answer(package)["releases"])
    finished = [(found[1], one) for one in releases if (found := parsed(one)) and not found[1].is_prerelease]
    newest = max(finished)[1] if finished else None
    return tag_of(version, releases) if version else newest


def _sdist(package: str, version: str) -> bytes | None:
    """Return the archive of a release on the Python index, None if it has only wheels; its digest is compared."""
    files = [file for file in _answer(package)["releases"][version] if file["packagetype"] == "sdist"]
    if not files:
        return None
    content = get(urljoin(address_of(package), files[0]["url"])).content
    if hashlib.sha256(content).hexdigest() != files[0]["digests"]["sha256"]:
        raise LabError(f"the source distribution of {package} {version} does not have the digest that the index gives")
    return content


def _packed(name: str, version: str) -> bytes:
    """Return the archive of a release on npm, which compares its digest."""
    with tempfile.TemporaryDirectory(prefix="citations-") as folder:
        run([found("npm"), "pack", f"{name}@{version}", "--ignore-scripts", "--pack-destination", folder])
        return next(Path(folder).glob("*.tgz")).read_bytes()


def _unpack(archive: bytes, place: Path) -> None:
    """Put what is in the archive's only folder into `place`, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".unpacking-") as given:
        folder = Path(given) / "all"
        if zipfile.is_zipfile(io.BytesIO(archive)):
            with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
                wanted = [name for name in zipped.namelist() if not _is_hidden(name)]
                zipped.extractall(folder, wanted)  # noqa: S202 - zipfile itself drops absolute paths and `..`
        else:
            with tarfile.open(fileobj=io.BytesIO(archive)) as tape:
                members = [one for one in tape if not _is_hidden(one.name)]
                tape.extractall(folder, members, filter="data")
        inside = list(folder.iterdir())
        (inside[0] if len(inside) == 1 and inside[0].is_dir() else folder).rename(place)


def _is_hidden(name: str) -> bool:
    """Return whether a file is below a hidden folder: workflows and settings of tools, which would find them here."""
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/"))
