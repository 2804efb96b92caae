"""How far direct dependencies lag behind, and which of them were withdrawn or given up by their publishers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.manifests import inventory
from clientdesk.audit.package_age import Age, age_of
from clientdesk.audit.repository import RELEASES, Package, PackageReleases, ReleaseReport, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable
from clientdesk.audit.wording import counted, listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "freshness"
_LANGUAGES = {"PyPI": "Python", "npm": "JavaScript", "RubyGems": "Ruby", "Packagist": "PHP", "Go": "Go"}
_OLD, _VERY_OLD = 1.0, 3.0  # years between the release in use and the newest
_QUIET_DAYS = 4 * 365
_NAMED = 6


def look(repository: Repository, today: date) -> CheckResult:
    direct = [package for package in inventory(repository).packages if package.direct is not False]
    if not direct:
        return not_applicable(_ID, "No direct dependencies are declared.")
    report = repository.tool(RELEASES)
    ages, unmeasured = _ages(report)
    shipped = [age for age in ages if not age.package.development]
    findings = (
        *(_behind(age) for age in shipped if age.is_behind and (age.years or 0) >= _OLD),
        *(_withdrawn(age) for age in ages if age.in_use.withdrawn and not _abandoned_of(report, age.package)),
        *_abandoned(report),
        *_quiet(report, today),
    )
    gaps = _gaps((*report.not_asked, *unmeasured))
    return judged(
        _ID,
        findings,
        _reason(ages, report),
        metrics=_metrics(ages, report, len(report.not_asked) + len(unmeasured)),
        strengths=_strengths(ages, findings, gaps),
        gaps=gaps,
        tool=report.tool,
    )


def _ages(report: ReleaseReport) -> tuple[list[Age], list[tuple[Package, str]]]:
    """Each package and version once, however many files name it; what has no exact version is not measured."""
    ages: dict[tuple[str, str, str], Age] = {}
    unmeasured: list[tuple[Package, str]] = []
    for package, known in report.packages:
        key = (package.ecosystem, package.name, package.version)
        if not package.version:
            unmeasured.append((package, "no exact version is written"))
        elif key not in ages or (ages[key].package.development and not package.development):
            age = age_of(package, known)
            if isinstance(age, str):
                unmeasured.append((package, age))
            else:
                ages[key] = age
    return list(ages.values()), unmeasured


def _behind(age: Age) -> Finding:
    package, years = age.package, age.years or 0.0
    near = f", {age.near} within its major version" if age.near not in {age.newest, age.in_use.version} else ""
    step = f"Upgrade {package.name} to {age.near} at once" if near else f"Upgrade {package.name} to {age.newest}"
    return Finding(
        check=_ID,
        rule="freshness.behind",
        severity=Severity.MEDIUM if years >= _VERY_OLD and age.is_major else Severity.LOW,
        confidence=Confidence.HIGH,
        title=f"{package.name} {package.version} is {years:.1f} years behind",
        evidence=f"In use {package.version} of {age.in_use.on}; newest {age.newest}{near}.",
        consequence="Every version that is skipped makes the step larger, and fixes are made for new versions only.",
        fix_now=f"{step}, and plan {age.newest}." if near and age.is_major else f"{step}.",
        fix_later="Take a few upgrades in every maintenance window, so that none grows large.",
        path=package.path,
        line=package.line,
        snippet=package.name,
        cause="packages that lag behind",
        effort="freshness.upgrade",
    )


def _withdrawn(age: Age) -> Finding:
    package = age.package
    return Finding(
        check=_ID,
        rule="freshness.withdrawn",
        severity=Severity.LOW if package.development else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        title=f"{package.name} {package.version} was withdrawn by its publishers",
        evidence=f"They say: {age.in_use.withdrawn}",
        consequence="A version is withdrawn because it is broken or unsafe; a fresh build may no longer find it.",
        fix_now=f"Upgrade {package.name} to {age.near if age.near != age.in_use.version else age.newest}.",
        path=package.path,
        line=package.line,
        snippet=package.name,
        cause="withdrawn versions",
        effort="freshness.upgrade",
    )


def _abandoned(report: ReleaseReport) -> list[Finding]:
    """Each once, where it is shipped if it is shipped anywhere."""
    told: dict[tuple[str, str], tuple[Package, PackageReleases]] = {}
    for package, known in sorted(report.packages, key=lambda pair: bool(pair[0].development)):
        told.setdefault((package.ecosystem, package.name), (package, known))
    return [_given_up(package, known.abandoned) for package, known in told.values() if known.abandoned]


def _given_up(package: Package, why: str) -> Finding:
    return Finding(
        check=_ID,
        rule="freshness.abandoned",
        severity=Severity.LOW if package.development else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        title=f"{package.name} was given up by its publishers",
        evidence=f"They say: {why}",
        consequence="Nobody mends it any more, whatever is found in it.",
        fix_now=f"Choose a successor for {package.name}; its own page often names one.",
        path=package.path,
        line=package.line,
        snippet=package.name,
        cause="packages that were given up",
        effort="freshness.replace",
    )


def _abandoned_of(report: ReleaseReport, package: Package) -> str:
    return next((known.abandoned for each, known in report.packages if each == package), "")


def _quiet(report: ReleaseReport, today: date) -> tuple[Finding, ...]:
    """Old is not bad: a small package may be finished. It is told, and costs nothing."""
    names = sorted({package.name for package, known in report.packages if _is_quiet(package, known, today)})
    if not names:
        return ()
    return (
        Finding(
            check=_ID,
            rule="freshness.quiet",
            severity=Severity.INFO,
            confidence=Confidence.MEDIUM,
            title=f"{counted(len(names), 'direct dependency', 'direct dependencies')} without a release for four years",
            evidence=f"{listed(names, _NAMED)}.",
            consequence="They may be finished, or nobody may be there when something breaks.",
            fix_now="Look at each once: is somebody there, and would you miss it?",
            snippet="quiet",
        ),
    )


def _is_quiet(package: Package, known: PackageReleases, today: date) -> bool:
    days = [release.on for release in known.releases if release.on]
    return bool(days) and not (package.development or known.abandoned) and (today - max(days)).days > _QUIET_DAYS


def _gaps(unasked: Iterable[tuple[Package, str]]) -> tuple[str, ...]:
    by_reason: dict[tuple[str, str], set[str]] = defaultdict(set)
    for package, reason in unasked:
        by_reason[_LANGUAGES.get(package.ecosystem, package.ecosystem), reason].add(package.name)
    return tuple(
        f"The age of {counted(len(names), f'{language} package')} is not measured ({reason}): {listed(sorted(names))}."
        for (language, reason), names in sorted(by_reason.items())
    )


def _reason(ages: Sequence[Age], report: ReleaseReport) -> str:
    if not ages:
        return "The age of no direct dependency could be measured."
    behind = sum(age.is_behind for age in ages)
    return (
        f"{counted(len(ages), 'direct dependency', 'direct dependencies')} looked up at {report.source}:"
        f" {behind} behind, {_libyears(ages):.1f} years in all."
    )


def _libyears(ages: Iterable[Age]) -> float:
    return round(sum(age.years or 0.0 for age in ages), 1)


def _metrics(ages: Sequence[Age], report: ReleaseReport, unmeasured: int) -> dict[str, int | float | str]:
    shipped = [age for age in ages if not age.package.development]
    return {
        "freshness.measured": len(ages),
        "freshness.not_measured": unmeasured,
        "freshness.behind": sum(age.is_behind for age in ages),
        "freshness.behind_major": sum(age.is_behind and age.is_major for age in ages),
        "freshness.libyears": _libyears(shipped),
        "freshness.libyears_development": _libyears(age for age in ages if age.package.development),
        "freshness.source": report.source,
    }


def _strengths(ages: Sequence[Age], findings: Sequence[Finding], gaps: Sequence[str]) -> tuple[str, ...]:
    if not ages or gaps or any(finding.severity is not Severity.INFO for finding in findings):
        return ()
    return ("Direct dependencies are kept up to date.",)


CHECK = Check(
    id=_ID,
    title="Freshness of packages",
    area=Area.DEPENDENCIES,
    looks_for="direct dependencies that lag behind, were withdrawn or given up",
    matters_because="what lags behind gets no fixes, and the step to them grows",
    look=look,
    effort=(
        EffortRule(
            key="freshness.upgrade",
            work="Bring up to date: {cause}",
            unit="package",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "1", "3"),
            cap=Decimal(24),
        ),
        EffortRule(
            key="freshness.replace",
            work="Replace {cause}",
            unit="package",
            fixed=hours("0", "0", "0"),
            per_unit=hours("1", "4", "12"),
            cap=Decimal(40),
        ),
    ),
)
