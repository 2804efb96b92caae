"""Known vulnerabilities of the packages in use; whatever was not looked up is counted and named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from clientdesk.audit.advisory_words import UNRATED, first_sentence, fix_of, fixed_in_all, gravest_first, names_of
from clientdesk.audit.check import Area, Check
from clientdesk.audit.manifests import Inventory, inventory
from clientdesk.audit.repository import ADVISORIES, Advisory, AdvisoryReport, Package, Repository, ToolFailed
from clientdesk.audit.result import (
    CheckResult,
    Confidence,
    Finding,
    Severity,
    could_not_run,
    judged,
    not_applicable,
)
from clientdesk.audit.version_order import NoVersion, major_of
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "dependencies"
_LANGUAGES = {"PyPI": "Python", "npm": "JavaScript", "RubyGems": "Ruby", "Packagist": "PHP", "Go": "Go"}
_FRESH_DAYS = 30  # an older copy of the advisories leaves out what attackers try first
_STEPS = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def look(repository: Repository, today: date) -> CheckResult:
    everything = inventory(repository)
    gaps = unread_gap(everything.unread)
    if not everything.packages:
        return could_not_run(_ID, " ".join(gaps)) if gaps else not_applicable(_ID, "No packages are declared.")
    try:
        report = repository.tool(ADVISORIES)
    except ToolFailed as failure:
        return could_not_run(_ID, " ".join((failure.reason, *gaps)), failure.tool)
    out_of_date = _out_of_date(report, today)
    result = _judge(report, everything, (*_not_examined(report), *out_of_date, *gaps))
    if result.ran_in_part and (out_of_date or len(report.not_examined) > len(report.examined)):
        # Nothing known against packages that were hardly looked up is no result.
        return replace(could_not_run(_ID, " ".join((result.reason, *result.gaps)), result.tool), metrics=result.metrics)
    return result


def _judge(report: AdvisoryReport, everything: Inventory, gaps: tuple[str, ...]) -> CheckResult:
    by_package: dict[tuple[str, str, str], list[Advisory]] = defaultdict(list)
    for advisory in report.advisories:
        package = advisory.package
        by_package[package.ecosystem, package.name, package.version].append(advisory)
    findings = tuple(_finding(by_package[key]) for key in sorted(by_package))
    known = sum(len({advisory.id for advisory in advisories}) for advisories in by_package.values())
    return judged(
        _ID,
        findings,
        _reason(report, known),
        metrics=_metrics(report, everything, known),
        strengths=_strengths(report, findings, gaps),
        gaps=gaps,
        tool=report.tool,
    )


def _finding(told: Sequence[Advisory]) -> Finding:
    """One finding a package: it is mended in one step, however many advisories there are."""
    package = _nearest(advisory.package for advisory in told)
    known = sorted({advisory.id: advisory for advisory in told}.values(), key=gravest_first)
    number = counted(len(known), "known vulnerability", "known vulnerabilities")
    severity, weight = _weighed(package, known[0].severity)
    cause, effort = _work(package, known)
    return Finding(
        check=_ID,
        rule="dependencies.vulnerable",
        severity=severity,
        confidence=Confidence.HIGH,
        title=f"{package.name} {package.version} has {number}",
        evidence=" ".join(part for part in (names_of(known), first_sentence(known[0].summary), weight) if part),
        consequence="The weakness and how to use it are public; attackers try it on every site that may have it.",
        fix_now=fix_of(package, known),
        fix_later="Let a service propose such upgrades, and take them in every maintenance window.",
        path=package.path,
        line=package.line,
        snippet=package.name,
        cause=cause,
        effort=effort,
    )


def _nearest(packages: Iterable[Package]) -> Package:
    """Of the places where one package stands, the one nearest to what runs."""
    return min(packages, key=lambda package: (_distance(package), package.path, package.line))


def _distance(package: Package) -> int:
    """How many steps of severity a package is away from what runs."""
    if package.development:
        return 2
    return 0 if package.direct else 1


def _weighed(package: Package, told: Severity | None) -> tuple[Severity, str]:
    """The severity, and a sentence where it is not the advisory's own."""
    worst = told or UNRATED
    steps = _distance(package)
    if worst not in _STEPS:
        return worst, ""
    weighed = _STEPS[min(_STEPS.index(worst) + steps, len(_STEPS) - 1)]
    rated = f"Rated {told}" if told else f"Not rated by its publishers, taken as {worst}"
    if weighed is worst:
        return weighed, "" if told else f"{rated}."
    why = "it is a tool for development" if package.development else "it is not named as a direct dependency"
    return weighed, f"{rated}; counted as {weighed}, because {why}."


def _work(package: Package, known: Sequence[Advisory]) -> tuple[str, str]:
    """Cause and effort: what may break its callers is a piece of work of its own, all the rest is one round."""
    if package.development:
        return "development packages with known vulnerabilities", "dependencies.upgrade"
    wanted, _ = fixed_in_all(package, known)
    if package.direct and wanted and _is_new_major(package, wanted):
        return f"{package.name} {package.version} \N{RIGHTWARDS ARROW} {wanted}", "dependencies.major-upgrade"
    return "packages with known vulnerabilities", "dependencies.upgrade"


def _is_new_major(package: Package, wanted: str) -> bool:
    try:
        return major_of(package.ecosystem, package.version) != major_of(package.ecosystem, wanted)
    except NoVersion:
        return False


def _not_examined(report: AdvisoryReport) -> tuple[str, ...]:
    """One sentence a language and reason, whatever package the service names in it."""
    by_reason: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for package, reason in report.not_examined:
        general = (
            reason.split(f": {package.name}")[0].replace(f"{package.name} ({package.version})", "it").rstrip(" .:")
        )
        by_reason[_language(package), general][f"{package.name} {package.version}".strip()] = None
    return tuple(
        f"{counted(len(names), f'{language} package')} not examined ({reason}): {listed(sorted(names))}."
        for (language, reason), names in sorted(by_reason.items())
    )


def _language(package: Package) -> str:
    return _LANGUAGES.get(package.ecosystem, package.ecosystem)


def _out_of_date(report: AdvisoryReport, today: date) -> tuple[str, ...]:
    """What a local copy can't know: whatever was published after its newest entry."""
    said = []
    for ecosystem, newest in report.mirrored:
        if newest is None:
            said.append(f"The local copy of the advisories for {ecosystem} does not say how old it is.")
        elif (age := (today - newest).days) > _FRESH_DAYS:
            said.append(
                f"The local copy of the advisories for {ecosystem} ends on {newest}, {counted(age, 'day')} before"
                " this audit: what was published since is not known."
            )
    return tuple(said)


def _reason(report: AdvisoryReport, known: int) -> str:
    if not report.examined:
        return f"None of {counted(len(report.not_examined), 'package')} could be looked up ({report.source})."
    looked_up = f"{counted(len(report.examined), 'package')} looked up ({_source(report)})"
    if not known:
        return f"{looked_up}: nothing known against them."
    return f"{looked_up}: {counted(known, 'advisory', 'advisories')} on {counted(_weak(report), 'package')}."


def _weak(report: AdvisoryReport) -> int:
    """Packages, whatever their versions."""
    return len({(advisory.package.ecosystem, advisory.package.name) for advisory in report.advisories})


def _source(report: AdvisoryReport) -> str:
    dated = [f"{ecosystem} of {newest or 'unknown age'}" for ecosystem, newest in report.mirrored]
    return f"{report.source}; {listed(dated, 9)}" if dated else report.source


def _metrics(report: AdvisoryReport, everything: Inventory, known: int) -> dict[str, int | float | str]:
    examined = Counter(package.ecosystem for package in report.examined)
    return {
        "dependencies.packages": len(everything.packages),
        "dependencies.examined": len(report.examined),
        "dependencies.not_examined": len(report.not_examined),
        "dependencies.advisories": known,
        "dependencies.vulnerable": _weak(report),
        "dependencies.source": _source(report),
        **{f"dependencies.examined.{ecosystem}": number for ecosystem, number in sorted(examined.items())},
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
        EffortRule(
            key="dependencies.major-upgrade",
            work="Upgrade {cause}",
            unit="package",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("1", "4", "12"),
            cap=Decimal(16),
        ),
    ),
)
