"""Security of the code: bandit's findings outside tests, joined by cause, with what the code hides from it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, is_own_code, language_of, role_of
from clientdesk.audit.repository import PYTHON_SECURITY, Repository, SecurityIssue, SecurityReport
from clientdesk.audit.result import (
    SEVERITY_ORDER,
    CheckResult,
    Confidence,
    Finding,
    Severity,
    could_not_run,
    judged,
    not_applicable,
)
from clientdesk.audit.weaknesses import weakness_of
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "security"
_SHOWN_PER_RULE = 5
_PASSWORD_RULES = {"B105", "B106", "B107"}
_NO_PASSWORD = re.compile(r"|None|True|False|[A-Za-z]+([_.: /-][A-Za-z]+)*:?|.{0,3}|.*[{%<].*", re.DOTALL)
_NOTABLE_SHARE = 0.05
_SEVERITIES = {
    ("HIGH", "HIGH"): Severity.HIGH,
    ("HIGH", "MEDIUM"): Severity.HIGH,
    ("HIGH", "LOW"): Severity.MEDIUM,
    ("MEDIUM", "HIGH"): Severity.MEDIUM,
    ("MEDIUM", "MEDIUM"): Severity.MEDIUM,
    ("MEDIUM", "LOW"): Severity.LOW,
    ("LOW", "HIGH"): Severity.LOW,
    ("LOW", "MEDIUM"): Severity.LOW,
}
_CONFIDENCES = {"HIGH": Confidence.HIGH, "MEDIUM": Confidence.MEDIUM}


def look(repository: Repository, _today: date) -> CheckResult:
    sizes = _sizes_by_language(repository)
    gaps = _languages_not_examined(sizes)
    if "Python" not in sizes:
        return could_not_run(_ID, gaps[0]) if gaps else not_applicable(_ID, "There is no program code to examine.")
    report = repository.tool(PYTHON_SECURITY)
    own = [issue for issue in report.issues if is_own_code(issue.path)]
    telling = [issue for issue in own if not issue.suppressed and _is_telling(issue)]
    suppressed = [issue for issue in own if issue.suppressed and _is_telling(issue)]
    findings = (*_findings(telling), *_suppressed(suppressed))
    return judged(
        _ID,
        findings,
        _reason(report, telling),
        metrics=_metrics(report),
        strengths=_strengths(report, telling, suppressed),
        gaps=(*unread_gap(file for file in report.unread if is_own_code(file.path)), *gaps),
        tool=report.tool,
    )


def _sizes_by_language(repository: Repository) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for entry in repository.files:
        if not entry.is_link and is_own_code(entry.path) and (language := language_of(entry.path)):
            sizes[language] += entry.size
    return sizes


def _languages_not_examined(sizes: Counter[str]) -> tuple[str, ...]:
    total = sizes.total()
    others = [name for name, size in sizes.most_common() if name != "Python" and size > _NOTABLE_SHARE * total]
    return (f"{listed(others, 9)} code was not examined: there are rules for Python only.",) if others else ()


def _findings(issues: Sequence[SecurityIssue]) -> list[Finding]:
    """The worst places of each rule one by one; how many more there are is said in each."""
    by_rule: dict[str, list[SecurityIssue]] = defaultdict(list)
    for issue in issues:
        by_rule[issue.test_id].append(issue)
    findings = []
    for rule in sorted(by_rule):
        places = sorted(by_rule[rule], key=_worst_first)
        findings += [_finding(issue, len(places)) for issue in places[: _shown(places[0])]]
    return findings


def _shown(worst: SecurityIssue) -> int:
    """Of a weakness that is at most low, one place stands for all."""
    return 1 if _severity(worst) in {Severity.LOW, Severity.INFO} else _SHOWN_PER_RULE


def _severity(issue: SecurityIssue) -> Severity:
    severity = _SEVERITIES.get((issue.severity.upper(), issue.confidence.upper()), Severity.INFO)
    return max(severity, weakness_of(issue.test_id).at_most, key=lambda one: SEVERITY_ORDER[one])


def _worst_first(issue: SecurityIssue) -> tuple[int, int, str, int]:
    severity, confidence = list(Severity).index(_severity(issue)), issue.confidence.upper()
    return (
        severity,
        ["HIGH", "MEDIUM", "LOW"].index(confidence) if confidence in _CONFIDENCES else 2,
        issue.path,
        issue.line,
    )


def _finding(issue: SecurityIssue, of: int) -> Finding:
    weakness = weakness_of(issue.test_id)
    more = f" One of {of:,} places of this kind." if of > 1 else ""
    return Finding(
        check=_ID,
        rule=f"bandit.{issue.test_id}",
        severity=_severity(issue),
        confidence=_CONFIDENCES.get(issue.confidence.upper(), Confidence.LOW),
        title=_title(issue),
        evidence=f"{_shown_line(issue)}{more}",
        consequence=weakness.consequence,
        fix_now=weakness.fix_now,
        fix_later=weakness.fix_later,
        path=issue.path,
        line=issue.line,
        snippet=_own_line(issue),
        cause=weakness.name,
        effort="security.fix" if _severity(issue) is not Severity.INFO else "",
    )


def _title(issue: SecurityIssue) -> str:
    """Bandit's first sentence; of a possible password its own words, for bandit repeats the password."""
    if issue.test_id in _PASSWORD_RULES:
        return f"A password may be written in the code ({issue.test_id})"
    return f"{issue.text.split('. ')[0].strip().rstrip('.')} ({issue.test_id})"


def _shown_line(issue: SecurityIssue) -> str:
    if issue.test_id in _PASSWORD_RULES:
        return "The text is not repeated here."
    return _own_line(issue)[:160] or issue.test_name


def _own_line(issue: SecurityIssue) -> str:
    """The line itself, out of bandit's excerpt, where each begins with its number."""
    for line in issue.code.splitlines():
        number, _, text = line.partition(" ")
        if number == str(issue.line):
            return text.strip()
    return next((line.strip() for line in issue.code.splitlines() if line.strip()), "")


def _is_telling(issue: SecurityIssue) -> bool:
    """Not a mere hint, and not a "password" that is none: empty, None, or a plain word."""
    if weakness_of(issue.test_id).is_noise:
        return False
    value = re.search(r": '(.*)'\s*$", issue.text, re.DOTALL) if issue.test_id in _PASSWORD_RULES else None
    return value is None or _NO_PASSWORD.fullmatch(value[1]) is None


def _suppressed(issues: Sequence[SecurityIssue]) -> tuple[Finding, ...]:
    serious = [issue for issue in issues if _severity(issue) in {Severity.HIGH, Severity.MEDIUM}]
    if not serious:
        return ()
    first = min(serious, key=_worst_first)
    places = listed(f"{issue.path}:{issue.line} ({issue.test_id})" for issue in serious)
    return (
        Finding(
            check=_ID,
            rule="security.suppressed",
            severity=Severity.INFO,
            confidence=Confidence.HIGH,
            title=f"{counted(len(serious), 'security warning')} switched off in the code",
            evidence=f"# nosec hides {places}.",
            consequence="Somebody decided that these places are safe; whether it is still so, only a look can tell.",
            fix_now="Look at each once, and write the reason beside it.",
            path=first.path,
            line=first.line,
            snippet="nosec",
            cause="security warnings switched off",
        ),
    )


def _reason(report: SecurityReport, telling: Sequence[SecurityIssue]) -> str:
    tests = sum(role_of(issue.path) is Role.TEST for issue in report.issues)
    if not report.files:
        return "No Python file could be examined."
    where = f"outside tests, in {counted(report.files, 'Python file')}"
    if not telling:
        return f"No weakness {where} ({counted(tests, 'remark')} on test code set aside)."
    return f"{counted(len(telling), 'place')} worth a look {where} ({counted(tests, 'remark')} on test code set aside)."


def _metrics(report: SecurityReport) -> dict[str, int | float | str]:
    own = [issue for issue in report.issues if is_own_code(issue.path) and not issue.suppressed]
    severities = Counter(_severity(issue) for issue in own if _is_telling(issue))
    return {
        "security.files": report.files,
        "security.high": severities[Severity.HIGH],
        "security.medium": severities[Severity.MEDIUM],
        "security.low": severities[Severity.LOW],
        "security.hints": _count(own, is_noise=True),
        "security.in_tests": sum(role_of(issue.path) is Role.TEST for issue in report.issues),
        "security.suppressed": sum(issue.suppressed for issue in report.issues),
    }


def _count(issues: Iterable[SecurityIssue], *, is_noise: bool) -> int:
    return sum(weakness_of(issue.test_id).is_noise is is_noise for issue in issues)


def _strengths(
    report: SecurityReport, telling: Sequence[SecurityIssue], suppressed: Sequence[SecurityIssue]
) -> tuple[str, ...]:
    if telling or suppressed or report.unread:
        return ()
    return (f"No known weakness pattern in {counted(report.files, 'Python file')}.",)


CHECK = Check(
    id=_ID,
    title="Security of the code",
    area=Area.SECURITY,
    looks_for="patterns that are known to lead to break-ins, in the code that runs (not in tests)",
    matters_because="they are what attackers and security questionnaires look for first",
    look=look,
    effort=(
        EffortRule(
            key="security.fix",
            work="Mend {cause}",
            unit="place",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "0.75", "2"),
            cap=Decimal(16),
        ),
    ),
)
