"""What the proposal said it could be measured by, beside what the audits of the sprint's end say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientdesk.audit.comparing import changes, earlier
from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import Severity
from clientdesk.documents.proposal import finding_id, outcomes_of
from clientdesk.documents.sprint_facts import AuditedRepository, Target
from clientdesk.domain.intake import Expectation
from clientdesk.domain.proposal import Proposal
from clientdesk.ports.sprints import SprintRecord
from clientdesk.steps.auditing import kept_audit, measured_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import kept_proposal

_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})


def targets_of(desk: Desk, sprint: SprintRecord, seen: Sequence[AuditedRepository]) -> tuple[Target, ...]:
    """None where the sprint rests on no proposal. What could not be measured is named with its reason."""
    if not sprint.proposal:
        return ()
    proposal = kept_proposal(desk, desk.store.proposal(sprint.proposal))
    rows = [_target(desk, proposal, row, seen) for row in outcomes_of(proposal, _reports(desk, proposal))]
    if Expectation.OPTIMISATION in proposal.call.expects:
        rows.append(Target("speed", None, None, None, "speed"))
    return tuple(rows)


def _reports(desk: Desk, proposal: Proposal) -> list[AuditReport]:
    return [kept_audit(desk, audit) for audit in proposal.audits]


def _target(desk: Desk, proposal: Proposal, row: dict[str, object], seen: Sequence[AuditedRepository]) -> Target:
    what, baseline, target = str(row["what"]), int(str(row["baseline"])), int(str(row["target"]))
    if any(each.report is None for each in seen) or len(seen) < len(proposal.audits):
        return Target(what, baseline, target, None, "not_audited")
    now = [each.report for each in seen if each.report is not None]
    if what == "planned":
        still = _planned_still_open(desk, proposal, now)
        return Target(what, baseline, target, still, "" if still is not None else "not_compared")
    return Target(what, baseline, target, _counted(what, now))


def _counted(what: str, now: Sequence[AuditReport]) -> int:
    if what == "urgent":
        return sum(each.finding.severity in _URGENT for report in now for each in report.findings)
    return sum(result.has_no_result for report in now for result in report.results)


def _planned_still_open(desk: Desk, proposal: Proposal, now: Sequence[AuditReport]) -> int | None:
    """The plan's findings that are still there; None where a check that found one of them can't be compared."""
    planned = {each for line in proposal.quote.recommended.lines for each in line.findings}
    count = 0
    for place, audit in enumerate(proposal.audits, start=1):
        before = measured_audit(desk, audit)
        after = next((report for report in now if report.repository == before.repository), None)
        if after is None:
            return None
        mine = {each.id for each in before.findings if finding_id(each.id, place, len(proposal.audits)) in planned}
        still = _still_there(before, after, mine)
        if still is None:
            return None
        count += still
    return count


def _still_there(before: AuditReport, after: AuditReport, mine: set[str]) -> int | None:
    compared = changes(earlier(before), after)
    left_out = {remark.check for remark in compared.not_compared}
    if any(check in left_out for check in _checks_of(before, mine)):
        return None
    return len(mine - {each.id for each in compared.fixed})


def _checks_of(report: AuditReport, ids: set[str]) -> Iterator[str]:
    yield from (each.finding.check for each in report.findings if each.id in ids)
