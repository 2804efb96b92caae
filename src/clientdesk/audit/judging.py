"""The engineer's own judgement: severities set by a person, with the reason, over what the checks said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from clientdesk.audit.report import AuditReport, Judgement, NumberedFinding, SignOff
from clientdesk.audit.result import SEVERITY_ORDER, CheckResult, Finding, Severity
from clientdesk.audit.scoring import score
from clientdesk.domain.refusal import Refusal


class BadJudgement(Refusal):
    """A severity that can't be set; the message says which finding, and what would do."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A severity that somebody wants for the finding of this number, and why."""

    number: str
    severity: Severity
    why: str


class Course(StrEnum):
    """What the engineer wants to happen next, as the form offers it."""

    ACCEPT = "accept"
    REDO = "audit again"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The engineer's word on audits. With several of them a finding's number begins with its place: "R2-F-07"."""

    course: Course
    by: str
    notes: str = ""
    opinions: tuple[Opinion, ...] = ()


def judgements(report: AuditReport, opinions: Sequence[Opinion]) -> tuple[Judgement, ...]:
    """The opinions as they are kept; raises `BadJudgement`. One that agrees with the check changes nothing."""
    found = {each.id: each.finding for each in report.findings}
    kept: dict[str, Judgement] = {}
    for opinion in opinions:
        number = opinion.number.strip().upper()
        if number not in found:
            raise BadJudgement(f"there is no finding {opinion.number!r} in {report.repository}: {_numbers(found)}")
        if number in kept:
            raise BadJudgement(f"the severity of {number} is set twice: say it once")
        if not opinion.why.strip():
            raise BadJudgement(f"the severity of {number} is set without a reason: say why, for the client reads it")
        kept[number] = Judgement(number, found[number].severity, opinion.severity, opinion.why.strip())
    return tuple(each for each in kept.values() if each.after is not each.before)


def as_judged(report: AuditReport, sign_off: SignOff | None) -> AuditReport:
    """The report with its sign-off: the severities it sets, the score they give, the worst first. Numbers stay."""
    signed = replace(report, sign_off=sign_off)
    set_to = {each.finding: each.after for each in sign_off.judgements} if sign_off else {}
    if not set_to:
        return signed
    findings = sorted((_judged(each, set_to) for each in report.findings), key=_place)
    results = tuple(_result(result, report.findings, set_to) for result in report.results)
    counted = [_result(result, report.findings, set_to) for result in _counted(report)]
    return replace(signed, findings=tuple(findings), results=results, score=score(counted))


def _counted(report: AuditReport) -> list[CheckResult]:
    """The results without the findings that are set aside, as they were scored."""
    by_check: dict[str, list[Finding]] = {}
    for each in report.findings:
        by_check.setdefault(each.finding.check, []).append(each.finding)
    return [replace(result, findings=tuple(by_check.get(result.check, ()))) for result in report.results]


def _judged(each: NumberedFinding, set_to: Mapping[str, Severity]) -> NumberedFinding:
    if each.id not in set_to:
        return each
    return replace(each, finding=replace(each.finding, severity=set_to[each.id]))


def _place(each: NumberedFinding) -> tuple[int, str]:
    return SEVERITY_ORDER[each.finding.severity], each.id


def _result(result: CheckResult, findings: Sequence[NumberedFinding], set_to: Mapping[str, Severity]) -> CheckResult:
    changed = {each.finding: set_to[each.id] for each in findings if each.id in set_to}
    return replace(
        result,
        findings=tuple(replace(f, severity=changed[f]) if f in changed else f for f in result.findings),
    )


def _numbers(found: Mapping[str, Finding]) -> str:
    if not found:
        return "it has no findings"
    numbers = list(found)
    return f"they are numbered {min(numbers)} to {max(numbers)}"
