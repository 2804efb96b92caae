"""Languages, frameworks and services in use whose makers no longer support them, or soon will not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.manifests import inventory
from clientdesk.audit.repository import Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, Tool, judged, not_applicable
from clientdesk.audit.support_dates import Cycle, Product, support_dates
from clientdesk.audit.versions_in_use import VersionInUse, versions_in_use
from clientdesk.audit.wording import counted, listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "runtime"
_SOON = timedelta(days=183)
_STALE = timedelta(days=366)
_FRAMEWORKS = {
    "rails",
    "django",
    "angular",
    "angularjs",
    "nextjs",
    "nuxt",
    "vue",
    "laravel",
    "symfony",
    "drupal",
    "wagtail",
    "react",
}
_LANGUAGES = {"python", "ruby", "node", "php", "go"}

_COMPOSE = re.compile(r"(?i)(^|/)(docker-)?compose(?![^/]*prod)[^/]*\.ya?ml$")


def look(repository: Repository, today: date) -> CheckResult:
    claims = _one_per_line_of_releases(versions_in_use(repository, inventory(repository).packages))
    if not claims:
        return not_applicable(_ID, "No file says which version of a language, framework or service is in use.")
    table = support_dates()
    findings = [_judged(claim, table.products[claim.product], today) for claim in claims]
    unknown = [f"{table.products[c.product].label} {c.version}" for c in claims if _is_unknown(c)]
    found = tuple(finding for finding in findings if finding)
    return judged(
        _ID,
        found,
        f"{counted(len(claims), 'version')} in use compared with their makers' dates as of {table.as_of}.",
        metrics={f"runtime.{claim.product}": claim.version for claim in reversed(claims)},
        strengths=_strengths(found, claims),
        gaps=_gaps(unknown, table.as_of, today),
        tool=Tool("support dates", table.as_of.isoformat()),
    )


def _gaps(unknown: Sequence[str], as_of: date, today: date) -> tuple[str, ...]:
    stale = f"The table of support dates is of {as_of}, more than a year old." if today - as_of > _STALE else ""
    missing = f"The table of support dates does not know {listed(unknown, 9)}." if unknown else ""
    return tuple(gap for gap in (stale, missing) if gap)


def _one_per_line_of_releases(claims: Iterable[VersionInUse]) -> list[VersionInUse]:
    """The same line of releases named in five files is one thing; a minimum says nothing beside an exact version.

    "python:3" names no line of releases: whatever is newest runs.
    """
    kept: dict[tuple[str, str], VersionInUse] = {}
    exact = set()
    for claim in claims:
        product = support_dates().products[claim.product]
        cycle = product.cycle_of(claim.version)
        if (claim.is_minimum and claim.product in exact) or product.is_floating(claim.version):
            continue
        if not claim.is_minimum:
            exact.add(claim.product)
        kept.setdefault((claim.product, cycle.name if cycle else claim.version), claim)
    return list(kept.values())


def _is_unknown(claim: VersionInUse) -> bool:
    product = support_dates().products[claim.product]
    return product.cycle_of(claim.version) is None and not _is_older_than_all(claim.version, product)


def _is_older_than_all(version: str, product: Product) -> bool:
    return _order(version) < min(_order(cycle.name) for cycle in product.cycles)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _judged(claim: VersionInUse, product: Product, today: date) -> Finding | None:
    cycle = product.cycle_of(claim.version)
    if cycle is None:
        return _finding(claim, product, None, today) if _is_older_than_all(claim.version, product) else None
    is_near = cycle.end is not None and cycle.end - today <= _SOON
    if not (cycle.is_over(today) or is_near or (cycle.is_past_active_support(today) and cycle.end is None)):
        return None
    return _finding(claim, product, cycle, today)


def _finding(claim: VersionInUse, product: Product, cycle: Cycle | None, today: date) -> Finding:
    is_over = cycle is None or cycle.is_over(today)
    target = product.target(today, cycle)
    goal = target.name if target else "a successor"
    name = f"{product.label} {cycle.name if cycle else claim.version}"
    kind = "framework" if claim.product in _FRAMEWORKS else "runtime" if claim.product in _LANGUAGES else "service"
    return Finding(
        check=_ID,
        rule="runtime.end-of-life" if is_over else "runtime.ending",
        severity=_severity(claim, cycle, today),
        confidence=_confidence(claim),
        title=_title(name, cycle, today) + (", and is still allowed" if claim.is_minimum else ""),
        evidence=f"{claim.path} {'allows' if claim.is_minimum else 'names'} {product.label} {claim.version}."
        + (" Whether production runs the same can't be seen there." if _is_compose(claim.path) else ""),
        consequence=_consequence(product.label, is_over=is_over),
        fix_now=_fix_now(product.label, target, is_minimum=claim.is_minimum),
        fix_later="Upgrade within three months of each new long-term release, so that no upgrade grows large.",
        path=claim.path,
        line=claim.line,
        snippet=name,
        cause=f"{name} → {goal}",
        effort="" if claim.is_minimum else f"runtime.{kind}",
    )


def _fix_now(label: str, target: Cycle | None, *, is_minimum: bool) -> str:
    if is_minimum:
        return "Raise the minimum."
    return f"Plan the upgrade to {label} {target.name}." if target else "Plan the upgrade to a successor."


def _confidence(claim: VersionInUse) -> Confidence:
    """A compose file may describe the developers' machines only; one that is for production mostly says so."""
    if claim.is_minimum:
        return Confidence.LOW
    return Confidence.MEDIUM if _is_compose(claim.path) else Confidence.HIGH


def _is_compose(path: str) -> bool:
    return _COMPOSE.search(path) is not None


def _severity(claim: VersionInUse, cycle: Cycle | None, today: date) -> Severity:
    """What is past its end gets no security fixes; a minimum that is allowed may never run."""
    if claim.is_minimum:
        return Severity.INFO
    if cycle is None or cycle.is_over(today):
        return Severity.HIGH
    return Severity.MEDIUM if cycle.end is not None else Severity.LOW


def _title(name: str, cycle: Cycle | None, today: date) -> str:
    if cycle is None or (cycle.has_ended and cycle.end is None):
        return f"{name} is no longer supported"
    if cycle.end is not None:
        return f"{name} {'has had no support since' if cycle.end <= today else 'loses its support on'} {cycle.end}"
    return f"{name} has had no active support since {cycle.active_until}"


def _consequence(label: str, *, is_over: bool) -> str:
    if is_over:
        return (
            f"New weaknesses in {label} are published and no longer mended; insurers and customers' security reviews "
            "ask for supported versions."
        )
    return f"Without an upgrade in time, weaknesses in {label} will no longer be mended; later it costs more."


def _strengths(findings: Sequence[Finding], claims: Sequence[VersionInUse]) -> tuple[str, ...]:
    exact = [claim for claim in claims if not claim.is_minimum and not _is_unknown(claim)]
    if findings or not exact:
        return ()
    names = (f"{support_dates().products[claim.product].label} {claim.version}" for claim in exact)
    return (f"Supported versions are in use: {listed(names, 5)}.",)


CHECK = Check(
    id=_ID,
    title="Supported versions",
    area=Area.DEPENDENCIES,
    looks_for="languages, frameworks, databases and base images past the end of their support",
    matters_because="what is no longer supported is no longer mended, and each year makes the upgrade dearer",
    look=look,
    effort=(
        EffortRule(
            key="runtime.framework",
            work="Upgrade {cause}",
            unit="place",
            fixed=hours("8", "16", "40"),
            per_unit=hours("1", "4", "8"),
            cap=Decimal(60),
        ),
        EffortRule(
            key="runtime.runtime",
            work="Upgrade {cause}",
            unit="place",
            fixed=hours("2", "5", "12"),
            per_unit=hours("0.5", "1", "3"),
            cap=Decimal(24),
        ),
        EffortRule(
            key="runtime.service",
            work="Upgrade {cause}",
            unit="place",
            fixed=hours("1", "3", "8"),
            per_unit=hours("0.5", "1", "3"),
            cap=Decimal(16),
        ),
    ),
)
