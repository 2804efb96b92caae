"""Complexity: how much of the code is hard to change, and where the worst of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import is_own_code
from clientdesk.audit.measuring import is_written_elsewhere, measured
from clientdesk.audit.repository import ComplexityReport, Function, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable
from clientdesk.audit.wording import counted
from clientdesk.domain.estimating import EffortRule, hours

_ID = "complexity"
_GRADES = ((5, "A"), (10, "B"), (20, "C"), (30, "D"), (40, "E"))  # radon's own ranks; above 40 is F
_TOO_COMPLEX = 20
_SHOWN = 10
_SHARES = ((0.3, Severity.HIGH), (0.1, Severity.MEDIUM), (0.04, Severity.LOW))


def look(repository: Repository, _today: date) -> CheckResult:
    code = measured(repository)
    if code is None:
        return not_applicable(_ID, "There is no code in a language whose complexity is measured here.")
    functions = _written_here(repository, code.functions)
    worst = sorted((f for f in functions if f.complexity > _TOO_COMPLEX), key=_worst_first)
    share = _share_in_too_complex(functions)
    return judged(
        _ID,
        (*_overall(share, len(worst)), *(_finding(function, len(worst)) for function in worst[:_SHOWN])),
        _reason(functions, worst),
        metrics=_metrics(functions, code.reports),
        strengths=_strengths(functions, worst),
        gaps=code.gaps,
        tool=code.tool,
    )


def _written_here(repository: Repository, functions: Sequence[Function]) -> list[Function]:
    """Without those of files whose first lines say that somebody else wrote them; only long ones are worth a look."""
    suspects = {f.path for f in functions if f.complexity > _TOO_COMPLEX}
    borrowed = {path for path in suspects if is_written_elsewhere(repository, path)}
    return [function for function in functions if function.path not in borrowed]


def _share_in_too_complex(functions: Sequence[Function]) -> float:
    """The part of all lines in functions that stands in too complex ones."""
    lines = {True: 0, False: 0}
    for function in functions:
        lines[function.complexity > _TOO_COMPLEX] += function.end_line - function.line + 1
    return lines[True] / max(1, lines[True] + lines[False])


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


def _reason(functions: Sequence[Function], worst: Sequence[Function]) -> str:
    if not functions:
        return "There are no functions outside tests and examples."
    if not worst:
        return f"None of {counted(len(functions), 'function')} is above complexity {_TOO_COMPLEX}."
    return (
        f"{len(worst):,} of {counted(len(functions), 'function')} ({len(worst) / len(functions):.1%}) are above "
        f"complexity {_TOO_COMPLEX}; the worst {min(len(worst), _SHOWN)} are listed."
    )


def _metrics(functions: Sequence[Function], reports: Sequence[ComplexityReport]) -> dict[str, int | float | str]:
    lines = Counter[str]()
    for function in functions:
        lines[_grade(function)] += function.end_line - function.line + 1
    total = sum(lines.values())
    figures = [file for report in reports for file in report.files if is_own_code(file.path)]
    metrics: dict[str, int | float | str] = {
        "complexity.functions": len(functions),
        "complexity.above_20": sum(function.complexity > _TOO_COMPLEX for function in functions),
        "complexity.highest": max((function.complexity for function in functions), default=0),
        "code.files": len(figures),
        "code.sloc": sum(file.sloc for file in figures),
        "code.comments": sum(file.comments for file in figures),
    }
    if functions:
        metrics["complexity.average"] = round(sum(f.complexity for f in functions) / len(functions), 2)
        metrics |= {f"complexity.share.{grade}": round(100 * lines[grade] / total, 1) for grade in "ABCDEF"}
    for language in sorted({file.language for file in figures}):
        metrics[f"code.sloc.{language.lower()}"] = sum(file.sloc for file in figures if file.language == language)
    indexes = [file.maintainability for file in figures if file.maintainability is not None]
    if indexes:
        metrics["maintainability.average"] = round(sum(indexes) / len(indexes), 1)
        metrics["maintainability.rank_c_files"] = sum(index <= 9 for index in indexes)  # noqa: PLR2004 -- radon's rank C
    return metrics


def _strengths(functions: Sequence[Function], worst: Sequence[Function]) -> tuple[str, ...]:
    enough_to_tell = 50
    if len(functions) < enough_to_tell or worst:
        return ()
    return (f"The code is easy to follow: none of {len(functions):,} functions is overly complex.",)


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
