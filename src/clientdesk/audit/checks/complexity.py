"""Complexity: how much of the code is hard to change, and where the worst of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import is_own_code
from clientdesk.audit.measuring import Measured, is_written_elsewhere, measured
from clientdesk.audit.repository import ComplexityReport, Function, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable
from clientdesk.audit.wording import counted
from clientdesk.domain.estimating import EffortRule, hours

_ID = "complexity"
_GRADES = ((5, "A"), (10, "B"), (20, "C"), (30, "D"), (40, "E"))  # radon's own ranks; above 40 is F
_TOO_COMPLEX = 20
_TOO_COMPLEX_GRADES = "DEF"
_SHOWN = 10
_SHARES = ((0.3, Severity.HIGH), (0.1, Severity.MEDIUM), (0.04, Severity.LOW))


@dataclass(slots=True)
class _Totals:
    """`lines` in functions, by their rank."""

    number: int = 0
    complexity: int = 0
    highest: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    too_complex: list[Function] = field(default_factory=list)

    @property
    def share_of_complex(self) -> float:
        """The part of all lines in functions that stands in too complex ones."""
        return sum(self.lines[grade] for grade in _TOO_COMPLEX_GRADES) / max(1, self.lines.total())


def look(repository: Repository, _today: date) -> CheckResult:
    code = measured(repository)
    if code is None:
        return not_applicable(_ID, "There is no code in a language whose complexity is measured here.")
    borrowed = _written_elsewhere(repository, code)
    totals = _totals(function for function in code.functions if function.path not in borrowed)
    worst = sorted(totals.too_complex, key=_worst_first)
    return judged(
        _ID,
        (*_overall(totals.share_of_complex, len(worst)), *(_finding(one, len(worst)) for one in worst[:_SHOWN])),
        _reason(totals, worst),
        metrics=_metrics(totals, code.reports),
        strengths=_strengths(totals),
        gaps=code.gaps,
        tool=code.tool,
    )


def _written_elsewhere(repository: Repository, code: Measured) -> set[str]:
    """Files whose first lines say that somebody else wrote them; only those with long functions are worth a look."""
    suspects = {function.path for function in code.functions if function.complexity > _TOO_COMPLEX}
    return {path for path in suspects if is_written_elsewhere(repository, path)}


def _totals(functions: Iterable[Function]) -> _Totals:
    """Of functions looked at one by one: there are as many as a product has."""
    totals = _Totals()
    for function in functions:
        totals.number += 1
        totals.complexity += function.complexity
        totals.highest = max(totals.highest, function.complexity)
        totals.lines[_grade(function)] += function.end_line - function.line + 1
        if function.complexity > _TOO_COMPLEX:
            totals.too_complex.append(function)
    return totals


def _overall(share: float, number: int) -> tuple[Finding, ...]:
    """How much of the code is concerned; it weighs in the score, the single functions carry the work."""
    severity = next((severity for least, severity in _SHARES if share >= least), None)
    if severity is None:
        return ()
    return (
        Finding(
            check=_ID,
            rule="complexity.share",
            severity=severity,
            confidence=Confidence.HIGH,
            title=f"{share:.0%} of the code stands in overly complex functions",
            evidence=f"Lines in {counted(number, 'function')} above complexity {_TOO_COMPLEX}, of the lines in all.",
            consequence="A part of the product is hard to change: estimates there are uncertain, faults likely.",
            fix_now="Agree that a change in such a place also makes it simpler.",
            fix_later="Split the worst functions first, those that change often before the others.",
            snippet="share of complex code",
            cause="share of complex code",
        ),
    )


def _worst_first(function: Function) -> tuple[int, str, int]:
    return (-function.complexity, function.path, function.line)


def _finding(function: Function, of: int) -> Finding:
    length = function.end_line - function.line + 1
    return Finding(
        check=_ID,
        rule="complexity.function",
        severity=Severity.MEDIUM if function.complexity > 40 else Severity.LOW,  # noqa: PLR2004 -- radon's rank F
        confidence=Confidence.HIGH,
        title=f"{function.name} has {function.complexity} independent paths",
        evidence=f"{counted(length, 'line')}, cyclomatic complexity {function.complexity} (rank {_grade(function)}); "
        f"one of {counted(of, 'function')} above {_TOO_COMPLEX}.",
        consequence="Changes in this place take longer than they should and break other things more often, because "
        "nobody can keep all its cases in mind.",
        fix_now="Write tests that hold today's behaviour before the next change here.",
        fix_later="Split it into functions that each answer one question, cases into a table or classes.",
        path=function.path,
        line=function.line,
        snippet=function.name,
        cause="overly complex functions",
        effort="complexity.split",
    )


def _grade(function: Function) -> str:
    return next((grade for limit, grade in _GRADES if function.complexity <= limit), "F")


def _reason(totals: _Totals, worst: Sequence[Function]) -> str:
    if not totals.number:
        return "There are no functions outside tests and examples."
    if not worst:
        return f"None of {counted(totals.number, 'function')} is above complexity {_TOO_COMPLEX}."
    return (
        f"{len(worst):,} of {counted(totals.number, 'function')} ({len(worst) / totals.number:.1%}) are above "
        f"complexity {_TOO_COMPLEX}; the worst {min(len(worst), _SHOWN)} are listed."
    )


def _metrics(totals: _Totals, reports: Sequence[ComplexityReport]) -> dict[str, int | float | str]:
    files = comments = 0
    sloc = Counter[str]()
    indexes: list[float] = []
    for file in (file for report in reports for file in report.files if is_own_code(file.path)):
        files += 1
        comments += file.comments
        sloc[file.language] += file.sloc
        indexes += [] if file.maintainability is None else [file.maintainability]
    metrics: dict[str, int | float | str] = {
        "complexity.functions": totals.number,
        "complexity.above_20": len(totals.too_complex),
        "complexity.highest": totals.highest,
        "code.files": files,
        "code.sloc": sloc.total(),
        "code.comments": comments,
    }
    if totals.number:
        lines = totals.lines
        metrics["complexity.average"] = round(totals.complexity / totals.number, 2)
        metrics |= {f"complexity.share.{grade}": round(100 * lines[grade] / lines.total(), 1) for grade in "ABCDEF"}
    metrics |= {f"code.sloc.{language.lower()}": sloc[language] for language in sorted(sloc)}
    if indexes:
        metrics["maintainability.average"] = round(sum(indexes) / len(indexes), 1)
        metrics["maintainability.rank_c_files"] = sum(index <= 9 for index in indexes)  # noqa: PLR2004 -- radon's rank C
    return metrics


def _strengths(totals: _Totals) -> tuple[str, ...]:
    enough_to_tell = 50
    if totals.number < enough_to_tell or totals.too_complex:
        return ()
    return (f"The code is easy to follow: none of {totals.number:,} functions is overly complex.",)


CHECK = Check(
    id=_ID,
    title="Complexity of the code",
    area=Area.MAINTAINABILITY,
    looks_for="functions with many paths through them, and the share of code in each rank",
    matters_because="complex code is where changes are slow and faults are made",
    look=look,
    lists_worst_only=True,
    effort=(
        EffortRule(
            key="complexity.split",
            work="Split the {cause}",
            unit="function",
            fixed=hours("1", "2", "3"),
            per_unit=hours("1", "2.5", "5"),
            cap=Decimal(24),
        ),
    ),
)
