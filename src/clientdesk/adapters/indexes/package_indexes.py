"""Asks the package indexes about direct dependencies: names alone are sent, politely, and answers kept for a day."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version as installed_version
from pathlib import Path

from clientdesk.adapters.advisories.osv_record import looked_up_name
from clientdesk.adapters.indexes.index_addresses import Index, indexes
from clientdesk.adapters.indexes.release_lists import FORMATS, from_json, to_json
from clientdesk.adapters.kept_rows import kept_rows
from clientdesk.adapters.web import NoAnswer, NotReached, NotThere, Web, host_of
from clientdesk.audit.repository import Package, PackageReleases, ReleaseReport, ToolFailed
from clientdesk.audit.result import Tool

_WORKERS = 4
_MOST_ASKED = 300  # names of one ecosystem; a repository with more direct dependencies is no longer read lightly
_MOST_BYTES = 48 << 20
_SCHEMA = "CREATE TABLE IF NOT EXISTS package (key TEXT PRIMARY KEY, asked REAL, content TEXT) WITHOUT ROWID"

Answer = PackageReleases | str
Key = tuple[str, str]  # of ecosystem and name


@dataclass(frozen=True, slots=True)
class PackageIndexes:
    """`cache` keeps answers for `kept_days` (None: nothing is kept). `seconds` for one repository."""

    cache: Path | None = None
    kept_days: float = 1.0
    seconds: float = 90.0
    answer_seconds: float = 20.0
    addresses: Callable[[], Mapping[str, Index]] = indexes

    def report(self, packages: Iterable[Package]) -> ReleaseReport:
        """About the direct dependencies among these; raises `ToolFailed` if none could be asked about."""
        direct = [package for package in packages if package.direct is not False]
        by_name: dict[Key, list[Package]] = defaultdict(list)
        for package in direct:
            by_name[package.ecosystem, looked_up_name(package.ecosystem, package.name)].append(package)
        versions = {key: tuple(sorted({each.version for each in by_name[key] if each.version})) for key in by_name}
        answers, hosts = self._answers(versions) if by_name else ({}, [])
        known = [(each, answer) for key, answer in answers.items() for each in by_name[key]]
        failed = tuple((each, answer) for each, answer in known if isinstance(answer, str))
        told = tuple((each, answer) for each, answer in known if not isinstance(answer, str))
        tool = Tool("clientdesk", installed_version("clientdesk"))
        if failed and not told:
            raise ToolFailed(f"No package could be asked about: {failed[0][1]}.", tool)
        return ReleaseReport(tool, " and ".join(hosts), told, failed)

    def _answers(self, versions: Mapping[Key, Sequence[str]]) -> tuple[dict[Key, Answer], list[str]]:
        places = self.addresses()
        hosts = sorted(
            {host_of(places[kind].address) for kind, _ in versions if kind in places and places[kind].address}
        )
        answers: dict[Key, Answer] = {}
        asked: dict[str, int] = defaultdict(int)
        waiting: list[Key] = []
        for kind, name in versions:
            if kind not in FORMATS or kind not in places:
                answers[kind, name] = f"the index of {kind} is not asked"
            elif not places[kind].address:
                answers[kind, name] = places[kind].problem
            elif asked[kind] >= _MOST_ASKED:
                answers[kind, name] = f"more than {_MOST_ASKED} are not asked about"
            else:
                asked[kind] += 1
                waiting.append((kind, name))
        with Web(self.seconds, self.answer_seconds, _MOST_BYTES) as web, ThreadPoolExecutor(_WORKERS) as pool:
            cache = _ReleaseCache(self.cache, self.kept_days) if self.cache else None
            asking = _Asking(web, places, cache, versions)
            answers |= dict(zip(waiting, pool.map(asking.answer, waiting), strict=True))
        return {key: answers[key] for key in versions}, hosts


@dataclass(slots=True)
class _Asking:
    """One repository's questions. An index that is not reached once is not asked again."""

    web: Web
    places: Mapping[str, Index]
    cache: _ReleaseCache | None
    versions: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)

    def answer(self, key: Key) -> Answer:
        """Where the index tells of one version at a time, the newest and those in use; else all there are."""
        kind, name = key
        place, version_path = self.places[kind].address, FORMATS[kind].version_path
        newest = self._asked(key, place + FORMATS[kind].path(name))
        if version_path is None or isinstance(newest, str):
            return newest
        in_use = [self._asked(key, place + version_path(name, version)) for version in self.versions.get(key, ())]
        told = [one.releases for one in (newest, *in_use) if not isinstance(one, str)]
        return PackageReleases(kind, name, tuple(dict.fromkeys(release for each in told for release in each)))

    def _asked(self, key: Key, address: str) -> Answer:
        kind, name = key
        if self.cache and (kept := self.cache.found(address)) is not None:
            return from_json(kind, name, kept)
        if kind in self.lost:
            return self.lost[kind]
        try:
            found = FORMATS[kind].read(name, self.web.json(address, headers={"Accept": FORMATS[kind].accept}))
        except NotReached as error:
            self.lost[kind] = str(error)
            return self.lost[kind]
        except NoAnswer as error:
            return f"{host_of(address)} does not list it" if isinstance(error, NotThere) else str(error)
        if self.cache and found.releases:
            self.cache.keep(address, to_json(found))
        return found if found.releases else f"{host_of(address)} lists no release of it"


@dataclass(frozen=True, slots=True)
class _ReleaseCache:
    """Losing it costs questions, nothing else. Addresses may hold a password: only what follows the host is a key."""

    file: Path
    days: float

    def found(self, address: str) -> object | None:
        with suppress(sqlite3.Error, OSError, ValueError), kept_rows(self.file, _SCHEMA) as rows:
            query = "SELECT content FROM package WHERE key = ? AND asked > julianday('now') - ?"
            row = rows.execute(query, (_key(address), self.days)).fetchone()
            value: object = json.loads(row[0]) if row else None
            return value
        return None

    def keep(self, address: str, content: object) -> None:
        with suppress(sqlite3.Error, OSError), kept_rows(self.file, _SCHEMA) as rows, rows:
            rows.execute("DELETE FROM package WHERE asked < julianday('now') - 30")
            statement = "INSERT OR REPLACE INTO package VALUES (?, julianday('now'), ?)"
            rows.execute(statement, (_key(address), json.dumps(content)))


def _key(address: str) -> str:
    return f"{host_of(address)} {address.partition('//')[2].partition('/')[2]}"
