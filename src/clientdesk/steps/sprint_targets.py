"""What the proposal said it could be measured by, beside what the audits of the sprint's end say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from clientdesk.audit.changes import EarlierCheck
from clientdesk.audit.comparing import changes, earlier, examined_less
from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import CheckResult, Finding, Severity
from clientdesk.documents.proposal import finding_id, outcomes_of
from clientdesk.documents.sprint_facts import AuditedRepository, Doubt, SeenOtherwise, Target
from clientdesk.domain.intake import Expectation
from clientdesk.domain.proposal import Proposal
from clientdesk.ports.sprints import SprintRecord
from clientdesk.steps.auditing import kept_audit, measured_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import kept_proposal

_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})


@dataclass(frozen=True, slots=True)
class _Twice:
    """A repository of the proposal, as it was audited for it and at the sprint's end.

    `measured` is the earlier audit as its checks left it, `judged` as it was signed off. `planned` are the numbers of
    its findings that the plan mends.
    """

    measured: AuditReport
    judged: AuditReport
    now: AuditReport
    planned: frozenset[str]

    @property
    def checks_then(self) -> tuple[EarlierCheck, ...]:
        return earlier(self.measured).checks

    @property
    def checks_now(self) -> tuple[EarlierCheck, ...]:
        return earlier(self.now).checks


def targets_of(desk: Desk, sprint: SprintRecord, seen: Sequence[AuditedRepository]) -> tuple[Target, ...]:
    """None where the sprint rests on no proposal. What could not be measured is named with its reason."""
    if not sprint.proposal:
        return ()
    proposal = kept_proposal(desk, desk.store.proposal(sprint.proposal))
    judged = [kept_audit(desk, audit) for audit in proposal.audits]
    both = _both(desk, proposal, judged, seen)
    rows = [_target(row, both) for row in outcomes_of(proposal, judged)]
    if Expectation.OPTIMISATION in proposal.call.expects:
        rows.append(Target("speed", None, None, None, "speed"))
    return tuple(rows)


def _both(
    desk: Desk, proposal: Proposal, judged: Sequence[AuditReport], seen: Sequence[AuditedRepository]
) -> list[_Twice]:
    """Each repository of the proposal with its two audits; empty where one of them was not audited again."""
    again = {each.report.repository: each.report for each in seen if each.report is not None}
    if any(report.repository not in again for report in judged):
        return []
    planned = {each for line in proposal.quote.recommended.lines for each in line.findings}
    return [
        _Twice(
            measured_audit(desk, audit),
            report,
            again[report.repository],
            frozenset(e.id for e in report.findings if finding_id(e.id, place, len(judged)) in planned),
        )
        for place, (audit, report) in enumerate(zip(proposal.audits, judged, strict=True), start=1)
    ]


def _target(row: dict[str, object], both: Sequence[_Twice]) -> Target:
    what, baseline, target = str(row["what"]), int(str(row["baseline"])), int(str(row["target"]))
    if not both:
        return Target(what, baseline, target, None, "not_audited")
    measured, why_not, doubts = _MEASURED[what](both)
    return Target(what, baseline, target, measured, why_not, doubts)


_Measure = tuple[int | None, str, tuple[Doubt, ...]]


def _urgent(both: Sequence[_Twice]) -> _Measure:
    """A check that saw less makes the count look better than it is, one that saw more makes it look worse."""
    count = sum(severity in _URGENT for twice in both for severity in _severities(twice))
    less = [check for twice in both for check in examined_less(twice.checks_now, twice.checks_then)]
    more = [check for twice in both for check in examined_less(twice.checks_then, twice.checks_now)]
    return count, "", tuple(_doubts((SeenOtherwise.LESS, less), (SeenOtherwise.MORE, more)))


def _severities(twice: _Twice) -> Iterator[Severity]:
    """Of what is found now; what the engineer judged for the proposal weighs the same, unless judged anew."""
    sign_off = None if twice.now.sign_off else twice.judged.sign_off
    after = {judgement.finding: judgement.after for judgement in sign_off.judgements} if sign_off else {}
    set_to = {_key(each.finding): after[each.id] for each in twice.judged.findings if each.id in after}
    yield from (set_to.get(_key(each.finding), each.finding.severity) for each in twice.now.findings)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.fingerprint


def _not_run(both: Sequence[_Twice]) -> _Measure:
    """Without a result; one that had none then and has one of a part now has not come to what was aimed at."""
    none = sum(result.has_no_result for twice in both for result in twice.now.results)
    in_part = [result.check for twice in both for result in _still_lacking(twice)]
    return none + len(in_part), "", tuple(_doubts((SeenOtherwise.IN_PART, in_part)))


def _still_lacking(twice: _Twice) -> Iterator[CheckResult]:
    lacking = {check.id for check in twice.checks_then if check.has_no_result}
    yield from (result for result in twice.now.results if result.ran_in_part and result.check in lacking)


def _planned(both: Sequence[_Twice]) -> _Measure:
    """The plan's findings that are still there; None where a check that found one of them can't be compared."""
    count = 0
    for twice in both:
        compared = changes(earlier(twice.measured), twice.now)
        checks = {e.finding.check for e in twice.measured.findings if e.id in twice.planned}
        gone = {each.id for each in compared.fixed}
        if unknown := checks & {remark.check for remark in compared.not_compared}:
            return None, "seen_less" if unknown & set(compared.seen_less) else "not_compared", ()
        if twice.planned & (gone - {each.id for each in compared.surely_fixed}):
            return None, "seen_less", ()
        count += len(twice.planned - gone)
    return count, "", ()


_MEASURED: dict[str, Callable[[Sequence[_Twice]], _Measure]] = {
    "planned": _planned,
    "urgent": _urgent,
    "not_run": _not_run,
}


def _doubts(*found: tuple[SeenOtherwise, Iterable[str]]) -> Iterator[Doubt]:
    for how, checks in found:
        if names := tuple(dict.fromkeys(checks)):
            yield Doubt(how, names)
