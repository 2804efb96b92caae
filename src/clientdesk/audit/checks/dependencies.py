"""Known vulnerabilities of the packages in use; whatever was not looked up is counted and named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from packaging.version import InvalidVersion, Version

from clientdesk.audit.check import Area, Check
from clientdesk.audit.manifests import Inventory, inventory
from clientdesk.audit.repository import (
    PYTHON_ADVISORIES,
    Advisory,
    AdvisoryReport,
    Package,
    Repository,
    ToolFailed,
)
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, could_not_run, judged, not_applicable
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "dependencies"
_ECOSYSTEMS = {"PyPI": "Python", "npm": "JavaScript", "RubyGems": "Ruby", "Packagist": "PHP", "Go": "Go"}


def look(repository: Repository, _today: date) -> CheckResult:
    everything = inventory(repository)
    others = _other_ecosystems(everything.packages)
    gaps = (*others, *unread_gap(everything.unread))
    if not any(package.ecosystem == "PyPI" for package in everything.packages):
        return could_not_run(_ID, " ".join(gaps)) if gaps else not_applicable(_ID, "No packages are declared.")
    try:
        report = repository.tool(PYTHON_ADVISORIES)
    except ToolFailed as failure:
        return could_not_run(_ID, " ".join((failure.reason, *gaps)), failure.tool)
    return _judge(report, everything, gaps)


def _other_ecosystems(packages: Sequence[Package]) -> tuple[str, ...]:
    counts = Counter(package.ecosystem for package in packages if package.ecosystem != "PyPI")
    return tuple(
        f"{counted(number, f'{_ECOSYSTEMS.get(ecosystem, ecosystem)} package')} ({ecosystem}) "
        f"{'was' if number == 1 else 'were'} not examined."
        for ecosystem, number in sorted(counts.items())
    )


def _judge(report: AdvisoryReport, everything: Inventory, gaps: tuple[str, ...]) -> CheckResult:
    by_package: dict[tuple[str, str], list[Advisory]] = defaultdict(list)
    for advisory in report.advisories:
        by_package[advisory.package.name, advisory.package.version].append(advisory)
    findings = tuple(_finding(by_package[key]) for key in sorted(by_package))
    return judged(
        _ID,
        findings,
        _reason(report, findings),
        metrics=_metrics(report, everything),
        strengths=_strengths(report, findings, gaps),
        gaps=(*_not_examined(report), *gaps),
        tool=report.tool,
    )


def _finding(advisories: Sequence[Advisory]) -> Finding:
    """One finding a package: it is mended in one step, however many advisories there are."""
    package = advisories[0].package
    known = sorted({_best_name(advisory) for advisory in advisories})
    number = counted(len(known), "known vulnerability", "known vulnerabilities")
    wanted = _fixed_in(advisories)
    upgrade = f"Upgrade {package.name} to {wanted} or newer." if wanted else "No fixed version is known: replace it."
    return Finding(
        check=_ID,
        rule="dependencies.vulnerable",
        severity=_severity(package),
        confidence=Confidence.HIGH,
        title=f"{package.name} {package.version} has {number}",
        evidence=f"{listed(known, 6)}. {_first_sentence(advisories[0].summary)}".strip(),
        consequence="The weakness and how to use it are public; attackers try it on every site that may have it.",
        fix_now=upgrade,
        fix_later="Let a service propose such upgrades, and take them in every maintenance window.",
        path=package.path,
        line=package.line,
        snippet=package.name,
        cause="packages with known vulnerabilities",
        effort="dependencies.upgrade",
    )


def _best_name(advisory: Advisory) -> str:
    """The CVE where there is one: it is the name that others look up."""
    return next((name for name in sorted(advisory.aliases) if name.startswith("CVE-")), advisory.id)


def _fixed_in(advisories: Sequence[Advisory]) -> str:
    """The first version in which all of them are mended, "" where one of them has no fix."""
    firsts = [advisory.fixed_in[0] for advisory in advisories if advisory.fixed_in]
    if len(firsts) < len(advisories):
        return ""
    return max(firsts, key=_version_order)


def _version_order(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")


def _severity(package: Package) -> Severity:
    """By how near it is to what runs; the service gives no severity of its own."""
    if package.development:
        return Severity.LOW
    return Severity.HIGH if package.direct else Severity.MEDIUM


def _first_sentence(text: str) -> str:
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    return f"{first[:200]}." if first else ""


def _not_examined(report: AdvisoryReport) -> tuple[str, ...]:
    """One sentence a reason, whatever package the service names in it."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for package, reason in report.not_examined:
        general = (
            reason.split(f": {package.name}")[0].replace(f"{package.name} ({package.version})", "it").rstrip(" .:")
        )
        by_reason[general].append(f"{package.name} {package.version}".strip())
    return tuple(
        f"{counted(len(names), 'Python package')} not examined ({reason}): {listed(sorted(names))}."
        for reason, names in sorted(by_reason.items())
    )


def _reason(report: AdvisoryReport, findings: Sequence[Finding]) -> str:
    if not report.examined:
        return f"None of {counted(len(report.not_examined), 'Python package')} could be looked up at {report.source}."
    looked_up = f"{counted(len(report.examined), 'Python package')} looked up at {report.source}"
    if not findings:
        return f"{looked_up}: nothing known against them."
    number = counted(len(report.advisories), "advisory", "advisories")
    return f"{looked_up}: {number} on {counted(len(findings), 'package')}."


def _metrics(report: AdvisoryReport, everything: Inventory) -> dict[str, int | float | str]:
    counts = Counter(package.ecosystem for package in everything.packages)
    return {
        "dependencies.packages": len(everything.packages),
        "dependencies.examined": len(report.examined),
        "dependencies.not_examined": len(report.not_examined) + counts.total() - counts["PyPI"],
        "dependencies.advisories": len(report.advisories),
        "dependencies.vulnerable": len({a.package.name for a in report.advisories}),
        "dependencies.source": report.source,
    }


def _strengths(report: AdvisoryReport, findings: Sequence[Finding], gaps: tuple[str, ...]) -> tuple[str, ...]:
    if findings or gaps or report.not_examined or not report.examined:
        return ()
    return (f"No known vulnerability in any of {counted(len(report.examined), 'package')}.",)


CHECK = Check(
    id=_ID,
    title="Known vulnerabilities of packages",
    area=Area.DEPENDENCIES,
    looks_for="packages whose version in use has a published weakness",
    matters_because="published weaknesses are tried on every site within days",
    look=look,
    effort=(
        EffortRule(
            key="dependencies.upgrade",
            work="Upgrade {cause}",
            unit="package",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "0.75", "2"),
            cap=Decimal(24),
        ),
    ),
)
