"""Finds where a product is watched: each error tracker's package, its start in code and its settings, health addresses.

Every file is read once and let go: a large product's code would fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clientdesk.audit.classify import Role, is_own_code, language_of, name_of, role_of
from clientdesk.audit.first_places import FirstPlace, Place
from clientdesk.audit.repository import FileEntry, Package, Repository, Unreadable
from clientdesk.audit.trackers import TRACKERS, Tracker

_HEALTH = re.compile(
    r"""["'/](?:healthz?|health[-_]?checks?|livez|readyz|liveness|readiness|heartbeat|_health|status/health)\b["'/?]?"""
    r"""|rails/health#show|health_check\.urls|okcomputer|HealthCheckController|terminus""",
    re.IGNORECASE,
)
_SETTINGS = re.compile(
    r"(?i)^(\.env.*|.*\.(ya?ml|toml|json|ini|cfg|conf|tf|properties)|dockerfile.*|procfile|.*\.env|app\.json)$"
)
_LARGEST_SETTINGS = 100_000
_STARTERS = frozenset(path for tracker in TRACKERS for path in tracker.files)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one tracker: the first place of each step, None where there is none."""

    tracker: Tracker
    declared: Place | None
    wired: Place | None
    configured: Place | None


@dataclass(frozen=True, slots=True)
class Watched:
    """The trackers that are declared or wired, the first health address, and how many files of code were not read."""

    seen: tuple[Seen, ...]
    health: Place | None
    unread: int


@dataclass(slots=True)
class _Search:
    """One tracker: `package` is the one it comes in, if that is declared."""

    tracker: Tracker
    package: Package | None
    in_code: FirstPlace
    in_settings: FirstPlace
    configured: FirstPlace


@dataclass(slots=True)
class _Reading:
    """`starters`: files by which a tracker starts itself, and whether they are code."""

    searches: Sequence[_Search]
    health: FirstPlace
    starters: dict[str, bool] = field(default_factory=dict)
    unread: int = 0

    def look(self, path: str, text: str, *, is_code: bool) -> None:
        if path in _STARTERS:
            self.starters[path] = is_code
        if is_code:
            self.health.look(path, text)
        for one in self.searches:
            for place in (one.in_code,) if is_code else (one.in_settings, one.configured):
                place.look(path, text)


def watched(repository: Repository, packages: Sequence[Package]) -> Watched:
    """Of the client's own code, and of the files that configure what runs."""
    reading = _Reading([_search(tracker, packages) for tracker in TRACKERS], FirstPlace(_HEALTH))
    for entry in repository.files:
        is_code = bool(language_of(entry.path)) and is_own_code(entry.path)
        if entry.is_link or not (is_code or _is_settings(entry)):
            continue
        try:
            reading.look(entry.path, repository.text(entry.path), is_code=is_code)
        except Unreadable:
            reading.unread += is_code
    seen = (_seen(one, reading, repository) for one in reading.searches)
    return Watched(tuple(one for one in seen if one.declared or one.wired), reading.health.found, reading.unread)


def _search(tracker: Tracker, packages: Sequence[Package]) -> _Search:
    package = next((p for p in packages if p.direct is not False and tracker.comes_in(p.name.lower())), None)
    wired = FirstPlace(tracker.wired, is_text_enough=package is not None)
    return _Search(tracker, package, wired, FirstPlace(tracker.wired), FirstPlace(tracker.configured))


def _is_settings(entry: FileEntry) -> bool:
    name = name_of(entry.path)
    is_dependency_list = name.endswith(("lock.json", "lock.yaml")) or name == "package.json"
    return (
        entry.size <= _LARGEST_SETTINGS
        and _SETTINGS.match(name) is not None
        and not is_dependency_list
        and role_of(entry.path) is Role.SOURCE
    )


def _seen(search: _Search, reading: _Reading, repository: Repository) -> Seen:
    package = search.package
    declared = Place(package.path, package.line) if package else None
    wired = search.in_code.found or (search.in_settings.found if package else None)
    if wired is None and package:
        wired = next((Place(path, 0) for path in search.tracker.files if path in reading.starters), None)
    configured = search.configured.found if declared or wired else None
    if wired and not configured and (wired is search.in_code.found or reading.starters.get(wired.path)):
        configured = wired if search.tracker.configured.search(repository.text(wired.path)) else None
    return Seen(search.tracker, declared, wired, configured)
