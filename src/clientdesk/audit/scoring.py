"""From findings to points. The rule fits on a page, so that two engineers reading it agree:

An area begins at 100. Each cause found costs what its worst finding weighs, once, however many places it has.
An area has no points where the checks that could not run weigh more than those that did: "not assessed" is neither
good nor bad, and what was found there all the same is taken from the overall points.
Overall is the mean of the areas assessed, by their weights, and at most 59 while anything critical is open; there is
none where what could not be assessed weighs more than what could. Without security or dependencies it is at most 74, a
C: what nobody looked at must not look good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from clientdesk.audit.check import Area
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import AreaScore, Score
from clientdesk.audit.result import SEVERITY_ORDER, CheckResult, Confidence, Finding, Outcome, Severity
from clientdesk.audit.wording import listed

_COST = {
    Severity.CRITICAL: 56,
    Severity.HIGH: 30,
    Severity.MEDIUM: 10,
    Severity.LOW: 3,
    Severity.INFO: 0,
}
_SURENESS = {Confidence.HIGH: 4, Confidence.MEDIUM: 3, Confidence.LOW: 2}  # quarters of the cost
_GRADES = ((90, "A"), (75, "B"), (60, "C"), (40, "D"), (0, "F"))
_NOT_ASSESSED = "\u2013"
_MOST_WITH_CRITICAL = 59
_MOST_UNSEEN = 74
_MUST_BE_SEEN = {Area.SECURITY, Area.DEPENDENCIES}
_AREA_WEIGHTS = {
    Area.MAINTAINABILITY: 2,
    Area.SECURITY: 3,
    Area.DEPENDENCIES: 3,
    Area.DELIVERY: 2,
    Area.OPERATIONS: 1,
    Area.PROCESS: 1,
}
_CHECK_WEIGHTS = {"complexity": 3, "security": 3, "dependencies": 3}  # any other check weighs 1
_AREA_OF: Mapping[str, Area] = {check.id: check.area for check in CHECKS}
_VERDICTS = {
    "A": "is in very good shape",
    "B": "is in good shape, with some work to plan",
    "C": "works, but needs attention in several places",
    "D": "carries risks that should be dealt with soon",
    "F": "is at serious risk and needs work before anything else",
}


def score(results: Sequence[CheckResult]) -> Score:
    """The scorecard. Checks that could not run are named, and count neither for nor against."""
    areas = tuple(_area_score(area, [r for r in results if _AREA_OF.get(r.check) is area]) for area in Area)
    findings = [finding for result in results for finding in result.findings]
    missing = _missing(areas, results)
    points = _overall(areas, results)
    held = _held(points, missing)
    return Score(held, _grade(held), _verdict(points, findings, missing, is_held=held != points), areas)


def _held(points: int | None, missing: Sequence[Area]) -> int | None:
    return min(points, _MOST_UNSEEN) if points is not None and _MUST_BE_SEEN & set(missing) else points


def _area_score(area: Area, results: Sequence[CheckResult]) -> AreaScore:
    findings = [finding for result in results for finding in result.findings]
    if not _is_assessed(results):
        return AreaScore(area, None, _NOT_ASSESSED, _why_not(results, findings))
    points = max(0, 100 - _deduction(findings))
    return AreaScore(area, points, _grade(points), _reason(results, findings))


def _is_assessed(results: Sequence[CheckResult]) -> bool:
    ran = sum(_weight(result) for result in results if result.outcome in {Outcome.CLEAN, Outcome.FOUND})
    # Nothing found in a part says nothing of the rest, which may be what a tool failed on.
    failed = sum(_weight(result) for result in results if result.outcome is Outcome.COULD_NOT_RUN)
    return ran > 0 and ran >= failed


def _weight(result: CheckResult) -> int:
    return _CHECK_WEIGHTS.get(result.check, 1)


def _deduction(findings: Iterable[Finding]) -> int:
    """Each cause once, by its dearest finding."""
    dearest: dict[tuple[str, str], int] = {}
    for finding in findings:
        cause = (finding.check, finding.cause or finding.rule)
        dearest[cause] = max(dearest.get(cause, 0), _cost(finding))
    return sum(dearest.values())


def _cost(finding: Finding) -> int:
    return _COST[finding.severity] * _SURENESS[finding.confidence] // 4


def _overall(areas: Sequence[AreaScore], results: Sequence[CheckResult]) -> int | None:
    assessed = [(area.points, _AREA_WEIGHTS[area.area]) for area in areas if area.points is not None]
    if not assessed:
        return None
    weight = sum(weight for _, weight in assessed)
    if weight < sum(_AREA_WEIGHTS[area] for area in _missing(areas, results)):
        return None
    mean = sum(points * weight for points, weight in assessed) // weight
    elsewhere = {area.area for area in areas if area.points is None}
    outside = [f for result in results if _AREA_OF.get(result.check) in elsewhere for f in result.findings]
    is_critical = any(finding.severity is Severity.CRITICAL for result in results for finding in result.findings)
    points = max(0, mean - _deduction(outside) // len(Area))
    return min(points, _MOST_WITH_CRITICAL) if is_critical else points


def _grade(points: int | None) -> str:
    if points is None:
        return _NOT_ASSESSED
    return next(grade for least, grade in _GRADES if points >= least)


def _reason(results: Sequence[CheckResult], findings: Sequence[Finding]) -> str:
    causes = {(finding.check, finding.cause or finding.rule) for finding in findings if _cost(finding)}
    worst = sorted(findings, key=lambda finding: (SEVERITY_ORDER[finding.severity], finding.cause))
    names = list(dict.fromkeys(finding.cause or finding.title for finding in worst if _cost(finding)))
    found = f"{_by_severity(findings)}: {listed(names)}." if causes else "Nothing found that costs points."
    missing = [result.check for result in results if result.has_no_result]
    partial = [result.check for result in results if result.left_something_out]
    return " ".join(
        part
        for part in (
            found,
            f"Could not run: {listed(missing, 9)}." if missing else "",
            f"Examined in part: {listed(partial, 9)}." if partial else "",
        )
        if part
    )


def _why_not(results: Sequence[CheckResult], findings: Sequence[Finding]) -> str:
    failed = [result.check for result in results if result.has_no_result]
    partial = [result.check for result in results if result.ran_in_part]
    if not failed and not partial:
        return "Not applicable to this repository." if results else "Not asked for."
    said = (
        f"Not assessed: {listed(failed, 9)} could not run." if failed else "",
        f"Not assessed: {listed(partial, 9)} ran in part only." if partial else "",
        f"Found all the same: {_by_severity(findings)}." if findings else "",
    )
    return " ".join(filter(None, said))


def _by_severity(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    said = [f"{counts[severity]} {severity}" for severity in Severity if counts[severity] and _COST[severity]]
    return listed(said, 9) or "only remarks"


def _missing(areas: Sequence[AreaScore], results: Sequence[CheckResult]) -> list[Area]:
    """The areas without points although there was something to assess."""
    failed = {_AREA_OF.get(result.check) for result in results if result.outcome is Outcome.COULD_NOT_RUN}
    return [area.area for area in areas if area.points is None and area.area in failed]


def _verdict(points: int | None, findings: Sequence[Finding], missing: Sequence[Area], *, is_held: bool) -> str:
    """By the points before they are held down, for it says of what they are."""
    unknown = f"; not assessed: {listed([area.value for area in missing], 6)}" if missing else ""
    if points is None:
        return f"Too little could be assessed for a verdict{unknown}; the reasons stand beside each check."
    urgent = [f for f in findings if f.severity in {Severity.CRITICAL, Severity.HIGH}]
    causes = list(dict.fromkeys(f.cause or f.title for f in sorted(urgent, key=lambda f: SEVERITY_ORDER[f.severity])))
    first = f"; first: {listed(causes, 2)}" if causes else ""
    held = f", which holds the grade at {_grade(_MOST_UNSEEN)}" if is_held else ""
    subject = "What could be assessed of the repository" if missing else "The repository"
    return f"{subject} {_VERDICTS[_grade(points)]}{first}{unknown}{held}."
