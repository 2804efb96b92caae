"""What a repository's libraries were on one day: what its files pin, which updates there are, what was not measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clientdesk.audit.manifests import inventory
from clientdesk.audit.repository import Package, Repository


class Care(StrEnum):
    """How much an update asks for."""

    SAFE = "safe"
    CARE = "care"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Step:
    """One update that can be taken. `closes` names the advisories that are mended by it."""

    to: str
    care: Care
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryUpdate:
    """A direct dependency that is not what it could be.

    `wanted` is the newest of its major version, `latest` of all; "" where no index said. `steps`: the one within its
    major version first. `unmended` are advisories that no step closes. `ends_on` is the first day without its maker's
    support; `has_ended` where that is past. `given_up` is what its publishers say, "" if they go on. `changelog` is an
    address, "" where none is known.
    """

    ecosystem: str
    name: str
    path: str
    in_use: str
    wanted: str
    latest: str
    steps: tuple[Step, ...]
    is_development: bool = False
    unmended: tuple[str, ...] = ()
    ends_on: date | None = None
    has_ended: bool = False
    given_up: str = ""
    changelog: str = ""


@dataclass(frozen=True, slots=True)
class Pinned:
    """One package as a file of the repository names it. `version` "" where no exact one is written."""

    ecosystem: str
    name: str
    version: str
    path: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Direct dependencies whose updates are not known, and why."""

    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LibrarySurvey:
    """`current` counts the direct dependencies that are the newest there is. `source` names the indexes asked.

    `not_asked` and `no_advisories` say why no index was asked and why no advisory was looked up; "" where they were.
    """

    repository: str
    commit: str
    surveyed_at: datetime
    pinned: tuple[Pinned, ...]
    updates: tuple[LibraryUpdate, ...]
    current: int
    unmeasured: tuple[Unmeasured, ...] = ()
    source: str = ""
    not_asked: str = ""
    no_advisories: str = ""


def pinned_of(repository: Repository) -> tuple[Pinned, ...]:
    """Every package that the dependency files name."""
    return tuple(
        Pinned(each.ecosystem, each.name, each.version, each.path, each.direct is not False)
        for each in inventory(repository).packages
    )


def direct_of(repository: Repository) -> tuple[Package, ...]:
    """Each direct dependency and version once, as what is shipped where it is shipped anywhere."""
    told: dict[tuple[str, str, str], Package] = {}
    for each in sorted(inventory(repository).packages, key=lambda package: bool(package.development)):
        if each.direct is not False:
            told.setdefault((each.ecosystem, each.name, each.version), each)
    return tuple(sorted(told.values(), key=lambda each: (each.ecosystem, each.name.lower(), each.version)))


def grouped(unmeasured: Iterable[tuple[Package, str]]) -> tuple[Unmeasured, ...]:
    """By reason, so that an index that was not reached is said once."""
    names: dict[str, set[str]] = defaultdict(set)
    for package, reason in unmeasured:
        names[reason].add(package.name)
    return tuple(Unmeasured(reason, tuple(sorted(found))) for reason, found in sorted(names.items()))


@dataclass(frozen=True, slots=True)
class Moved:
    """A package whose version changed between two surveys. `before` or `after` is "" where it came or went."""

    ecosystem: str
    name: str
    before: str
    after: str
    is_direct: bool


def moved_between(before: LibrarySurvey, after: LibrarySurvey) -> tuple[Moved, ...]:
    """By the files of both commits: direct dependencies first, each package once, several versions with commas."""
    then, now = _versions(before.pinned), _versions(after.pinned)
    direct = {(each.ecosystem, each.name) for each in (*before.pinned, *after.pinned) if each.is_direct}
    changed = [
        Moved(*key, ", ".join(then.get(key, ())), ", ".join(now.get(key, ())), key in direct)
        for key in {*then, *now}
        if then.get(key) != now.get(key)
    ]
    return tuple(sorted(changed, key=lambda each: (not each.is_direct, each.ecosystem, each.name.lower())))


def _versions(pinned: Sequence[Pinned]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in pinned:
        if each.version:
            found[each.ecosystem, each.name].add(each.version)
    return {key: tuple(sorted(versions)) for key, versions in found.items()}
