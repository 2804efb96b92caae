"""A local copy of weaknesses and indexes on the loopback address, made of what the cases say is known of packages."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fakes.osv_service import advisory
from fakes.web_server import answering
from precision_cases.packages import RELEASES, WEAKNESSES

from clientdesk.adapters.advisories.lookup import AdvisoryLookup
from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.mirror_loading import load
from clientdesk.adapters.indexes.index_addresses import Index
from clientdesk.adapters.indexes.package_indexes import PackageIndexes

Listed = Mapping[str, tuple[str, str]]


@contextmanager
def own_sources(folder: Path) -> Iterator[tuple[AdvisoryLookup, PackageIndexes]]:
    """Where weaknesses are looked up, and who is asked how old packages are; nobody outside this machine."""
    for ecosystem, known in WEAKNESSES.items():
        place = folder / "osv" / ecosystem
        place.mkdir(parents=True)
        with zipfile.ZipFile(place / "all.zip", "w") as archive:
            for number, (name, fixed) in enumerate(known):
                record = advisory(name, fixed, number=f"PLANTED-{ecosystem}-{number}", ecosystem=ecosystem)
                archive.writestr(f"{number}.json", json.dumps(record))
    for _ in load(str(folder / "osv"), folder / "mirror", datetime.now(UTC)):
        pass
    answers = {path: (200, {}, content) for path, content in _contents()}
    with answering(answers) as server:
        places = {kind: Index(f"{server.address}/{kind}") for kind in RELEASES}
        yield AdvisoryLookup(mirror=Mirror(folder / "mirror")), PackageIndexes(addresses=lambda: places)


def _contents() -> Iterator[tuple[str, bytes]]:
    for name, listed in RELEASES["PyPI"].items():
        yield f"/PyPI/{name}/", _bytes(_simple(name, listed))
    for name, listed in RELEASES["npm"].items():
        yield f"/npm/{name}", _bytes(_packument(listed))
    for name, listed in RELEASES["RubyGems"].items():
        yield f"/RubyGems/api/v1/versions/{name}.json", _bytes(_versions(listed))
    for name, listed in RELEASES["Packagist"].items():
        yield f"/Packagist/p2/{name}.json", _bytes({"packages": {name: _entries(listed)}})
    for name, listed in RELEASES["Go"].items():
        told = [_bytes({"Version": f"v{version}", "Time": f"{day}T00:00:00Z"}) for version, (day, _) in listed.items()]
        yield f"/Go/{name}/@latest", told[-1]
        yield from ((f"/Go/{name}/@v/v{version}.info", one) for version, one in zip(listed, told, strict=True))


def _simple(name: str, listed: Listed) -> dict[str, object]:
    files = [
        {"filename": f"{name}-{version}.tar.gz", "upload-time": f"{day}T00:00:00Z", "yanked": why or False}
        for version, (day, why) in listed.items()
        if version
    ]
    given_up = listed.get("", ("", ""))[1]
    return {"files": files} | ({"project-status": {"status": "archived", "reason": given_up}} if given_up else {})


def _packument(listed: Listed) -> dict[str, object]:
    dated = {version: told for version, told in listed.items() if version}
    versions = {version: {"deprecated": why} if why else {} for version, (_, why) in dated.items()}
    times = {version: f"{day}T00:00:00Z" for version, (day, _) in dated.items()}
    return {"versions": versions, "time": times, "dist-tags": {"latest": list(dated)[-1]}}


def _versions(listed: Listed) -> list[dict[str, str]]:
    return [{"number": version, "created_at": f"{day}T00:00:00Z"} for version, (day, _) in listed.items()]


def _entries(listed: Listed) -> list[dict[str, object]]:
    given_up = listed.get("", ("", ""))[1]
    more = {"abandoned": given_up} if given_up else {}
    return [{"version": version, "time": f"{day}T00:00:00Z", **more} for version, (day, _) in listed.items() if version]


def _bytes(value: object) -> bytes:
    return json.dumps(value).encode()
