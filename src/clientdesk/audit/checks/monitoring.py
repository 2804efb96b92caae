"""Monitoring in three steps, each with its place: declared as a package, wired in code, configured for production."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from clientdesk.audit.check import Area, Check
from clientdesk.audit.first_places import Place
from clientdesk.audit.manifests import inventory
from clientdesk.audit.repository import Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable, told_once
from clientdesk.audit.services import frameworks_of, has_server
from clientdesk.audit.tracker_places import Seen, watched
from clientdesk.audit.trackers import TRACKERS
from clientdesk.audit.untyped import Malformed, json_of, rows, table
from clientdesk.audit.wording import listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "monitoring"
_LIMIT = "Uptime checks, alerts and agents installed on the servers can't be seen in code; ask about them."


def look(repository: Repository, _today: date) -> CheckResult:
    everything = inventory(repository)
    packages = [*everything.packages, *(package for manifest in everything.manifests for package in manifest.packages)]
    frameworks = frameworks_of(packages)
    if not frameworks:
        return not_applicable(_ID, "No framework of a web application or service is declared: nothing here is run.")
    found = watched(repository, packages)
    seen, health = found.seen, found.health
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
        gaps=(f"{found.unread:,} files could not be read.",) if found.unread else (),
    )


def _is_published(repository: Repository) -> bool:
    """Whether it is a package that others install and run: a gem, or one of npm's that names what it publishes."""
    if any(entry.path.endswith(".gemspec") and "/" not in entry.path for entry in repository.files):
        return True
    try:
        document = json_of(repository.text("package.json"))
    except (KeyError, Malformed, Unreadable):
        return False
    fields = table(document)
    return fields.get("private") is not True and bool(rows(fields.get("files"))) and "version" in fields


def _tracking(seen: Sequence[Seen], *, is_library: bool) -> Iterator[Finding]:
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


def _summary(seen: Sequence[Seen]) -> str:
    if not seen:
        return "No error tracker found."
    return " ".join(
        f"{one.tracker.name}: declared {one.declared or 'not'}, wired {one.wired or 'not'}, "
        f"configured {one.configured or 'not seen'}."
        for one in seen
    )


def _metrics(seen: Sequence[Seen], health: Place | None, frameworks: Sequence[str]) -> dict[str, int | float | str]:
    return {
        "monitoring.declared": listed([one.tracker.name for one in seen if one.declared], 9) or "none",
        "monitoring.wired": listed([one.tracker.name for one in seen if one.wired], 9) or "none",
        "monitoring.configured": listed([one.tracker.name for one in seen if one.configured], 9) or "none",
        "monitoring.health": str(health) if health else "not seen",
        "monitoring.frameworks": listed(frameworks, 9),
    }


def _strengths(seen: Sequence[Seen]) -> Iterator[str]:
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
