"""Monitoring in three steps, each with its place: declared as a package, wired in code, configured for production."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import PurePosixPath

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, is_own_code, language_of, role_of
from clientdesk.audit.manifests import inventory
from clientdesk.audit.repository import Package, Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable, told_once
from clientdesk.audit.services import frameworks_of, has_server
from clientdesk.audit.trackers import TRACKERS, Tracker
from clientdesk.audit.untyped import Malformed, json_of, rows, table
from clientdesk.audit.wording import listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "monitoring"
_LIMIT = "Uptime checks, alerts and agents installed on the servers can't be seen in code; ask about them."
_HEALTH = re.compile(
    r"""["'/](?:healthz?|health[-_]?checks?|livez|readyz|liveness|readiness|heartbeat|_health|status/health)\b["'/?]?"""
    r"""|rails/health#show|health_check\.urls|okcomputer|HealthCheckController|terminus""",
    re.IGNORECASE,
)
_SETTINGS = re.compile(
    r"(?i)^(\.env.*|.*\.(ya?ml|toml|json|ini|cfg|conf|tf|properties)|dockerfile.*|procfile|.*\.env|app\.json)$"
)
_LARGEST_SETTINGS = 100_000


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of one tracker: the first place of each step, None where there is none."""

    tracker: Tracker
    declared: _Place | None
    wired: _Place | None
    configured: _Place | None


def look(repository: Repository, _today: date) -> CheckResult:
    everything = inventory(repository)
    packages = [*everything.packages, *(package for manifest in everything.manifests for package in manifest.packages)]
    frameworks = frameworks_of(packages)
    if not frameworks:
        return not_applicable(_ID, "No framework of a web application or service is declared: nothing here is run.")
    code, settings, unread = _texts(repository)
    seen = [seen for tracker in TRACKERS if (seen := _seen(tracker, packages, code, settings)).declared or seen.wired]
    health = _first(_HEALTH, code)
    is_library = _is_published(repository)
    findings = [
        *_tracking(seen, is_library=is_library),
        *([] if health or not has_server(frameworks) else [_no_health()]),
    ]
    return judged(
        _ID,
        tuple(findings),
        f"{_summary(seen)} {_LIMIT}",
        metrics=_metrics(seen, health, frameworks),
        strengths=tuple(_strengths(seen)),
        gaps=(f"{unread:,} files could not be read.",) if unread else (),
    )


def _texts(repository: Repository) -> tuple[dict[str, str], dict[str, str], int]:
    """The client's own code, and the files that configure what runs."""
    code: dict[str, str] = {}
    settings: dict[str, str] = {}
    unread = 0
    for entry in repository.files:
        is_code = bool(language_of(entry.path)) and is_own_code(entry.path)
        if entry.is_link or not (is_code or _is_settings(entry.path, entry.size)):
            continue
        try:
            (code if is_code else settings)[entry.path] = repository.text(entry.path)
        except Unreadable:
            unread += is_code
    return code, settings, unread


def _is_settings(path: str, size: int) -> bool:
    name = PurePosixPath(path).name
    is_dependency_list = name.endswith(("lock.json", "lock.yaml")) or name == "package.json"
    return (
        size <= _LARGEST_SETTINGS
        and _SETTINGS.match(name) is not None
        and not is_dependency_list
        and role_of(path) is Role.SOURCE
    )


def _seen(tracker: Tracker, packages: Sequence[Package], code: dict[str, str], settings: dict[str, str]) -> _Seen:
    package = next((p for p in packages if p.direct is not False and tracker.comes_in(p.name.lower())), None)
    declared = _Place(package.path, package.line) if package else None
    wired = _first(tracker.wired, code, is_text_enough=package is not None)
    wired = wired or (_first(tracker.wired, settings) if package else None)
    if wired is None and package:
        wired = next((_Place(path, 0) for path in tracker.files if path in settings or path in code), None)
    configured = _first(tracker.configured, settings) if declared or wired else None
    if wired and not configured and (text := code.get(wired.path)) and tracker.configured.search(text):
        configured = wired
    return _Seen(tracker, declared, wired, configured)


def _first(pattern: re.Pattern[str], texts: dict[str, str], *, is_text_enough: bool = True) -> _Place | None:
    """The first place outside comments; inside quotes only where text is enough, as in `require('dd-trace')`."""
    for path in sorted(texts):
        for match in pattern.finditer(texts[path]):
            start = texts[path].rfind("\n", 0, match.start()) + 1
            before = texts[path][start : match.start()]
            if not before.lstrip().startswith(("#", "//", "*")) and (is_text_enough or not _opens_a_quote(before)):
                return _Place(path, texts[path].count("\n", 0, match.start()) + 1)
    return None


def _opens_a_quote(text: str) -> bool:
    return any(text.count(quote) % 2 for quote in "\"'`")


def _is_published(repository: Repository) -> bool:
    """Whether it is a package that others install and run: a gem, or one of npm's that names what it publishes."""
    paths = {entry.path for entry in repository.files}
    if any(path.endswith(".gemspec") and "/" not in path for path in paths):
        return True
    if "package.json" not in paths:
        return False
    try:
        document = json_of(repository.text("package.json"))
    except (Malformed, Unreadable):
        return False
    fields = table(document)
    return fields.get("private") is not True and bool(rows(fields.get("files"))) and "version" in fields


def _tracking(seen: Sequence[_Seen], *, is_library: bool) -> Iterator[Finding]:
    if not seen and is_library:
        yield _finding(
            "monitoring.none",
            Severity.INFO,
            "No error tracking, which is for those to decide who run it",
            f"None of {len(TRACKERS)} known services is declared or switched on; the repository publishes a package.",
            "Where you run it yourself, you learn of errors from your users.",
            "Connect an error tracker where you run it.",
            effort="",
        )
    elif not seen:
        yield _finding(
            "monitoring.none",
            Severity.HIGH,
            "No error tracking",
            f"None of {len(TRACKERS)} known services is declared or switched on in the code.",
            "You learn of errors from your users, if they tell you, and without what is needed to mend them.",
            "Connect an error tracker and send its alerts to the people who can act.",
        )
    for one in seen:
        if one.wired is None and one.declared is not None and not any(other.wired for other in seen):
            yield _finding(
                "monitoring.not-wired",
                Severity.MEDIUM,
                f"{one.tracker.name} is installed but not switched on in the code",
                f"Declared at {one.declared}; no call that starts it outside tests.",
                "You pay for monitoring that sees nothing: errors in production go unnoticed.",
                "Start it where the application starts, and send one test error.",
                path=one.declared.path,
                line=one.declared.line,
            )


_finding = partial(told_once, _ID, confidence=Confidence.MEDIUM, cause="error tracking", effort="monitoring.connect")


def _no_health() -> Finding:
    return _finding(
        "monitoring.no-health",
        Severity.LOW,
        "No health endpoint",
        "No route in the code is named like one (/health, /up, /livez and the like).",
        "An uptime service can only ask for a page; a broken database or queue stays unseen.",
        "Add an address that checks database and queue, and let an uptime service ask for it each minute.",
        cause="health endpoint",
    )


def _summary(seen: Sequence[_Seen]) -> str:
    if not seen:
        return "No error tracker found."
    return " ".join(
        f"{one.tracker.name}: declared {one.declared or 'not'}, wired {one.wired or 'not'}, "
        f"configured {one.configured or 'not seen'}."
        for one in seen
    )


def _metrics(seen: Sequence[_Seen], health: _Place | None, frameworks: Sequence[str]) -> dict[str, int | float | str]:
    return {
        "monitoring.declared": listed([one.tracker.name for one in seen if one.declared], 9) or "none",
        "monitoring.wired": listed([one.tracker.name for one in seen if one.wired], 9) or "none",
        "monitoring.configured": listed([one.tracker.name for one in seen if one.configured], 9) or "none",
        "monitoring.health": str(health) if health else "not seen",
        "monitoring.frameworks": listed(frameworks, 9),
    }


def _strengths(seen: Sequence[_Seen]) -> Iterator[str]:
    wired = [one.tracker.name for one in seen if one.wired]
    if wired:
        yield f"Errors in production are reported to {listed(wired)}."


CHECK = Check(
    id=_ID,
    title="Monitoring",
    area=Area.OPERATIONS,
    looks_for="error tracking declared, wired and configured; an address that tells whether the service is well",
    matters_because="what nobody watches fails for hours before anybody acts",
    look=look,
    effort=(
        EffortRule(
            key="monitoring.connect",
            work="Set up {cause}",
            unit="service",
            fixed=hours("1", "2", "4"),
            per_unit=hours("0.5", "1", "2"),
            cap=Decimal(10),
        ),
    ),
)
