"""What a sprint takes up: standing work, open work of the accepted proposal, what waits, what rolled over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from clientdesk.audit.library_survey import Care, LibrarySurvey
from clientdesk.audit.result import Severity
from clientdesk.documents.proposal import all_findings
from clientdesk.documents.sprint_facts import AuditedRepository
from clientdesk.documents.sprint_parts import name_of
from clientdesk.documents.sprint_sheet import SECRET_CHECKS
from clientdesk.domain.estimating import WorkItem, plain
from clientdesk.domain.proposal import Proposal
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item, Priority, Source, Work, work_key
from clientdesk.domain.standing_work import CARE, ROTATE, SAFE, SCAN, minutes_of, standing_work
from clientdesk.ports.sprints import Moment, SprintRecord
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.pricing import effort_rules
from clientdesk.steps.publishing import kept_proposal
from clientdesk.steps.sprint_audits import audited

# What a proposal offers under these rules is what the standing work does.
_COVERED = {SAFE: "freshness.upgrade", ROTATE: "secrets.rotate"}
_DAYS_OF_A_MONTH = 31


def plan(desk: Desk, window: str) -> tuple[Item, ...]:
    """Choose what the box takes, once; needs the audits of the start."""
    sprint = desk.sprints.sprint(window)
    if sprint.planned_at is None:
        with desk.progress.step("Sprint's list") as say:
            items = desk.sprints.plan(window, found_work(desk, sprint), desk.clock.now())
            say(f"{sum(each.is_planned for each in items)} of {len(items)} fit the box")
    return desk.sprints.items_in(window)


def found_work(desk: Desk, sprint: SprintRecord) -> tuple[Work, ...]:
    """Standing work first: what it covers is not taken up beside it."""
    offered = tuple(_offered(desk, sprint))
    return (*_standing(desk, sprint, offered), *(_work_of(sprint, *each) for each in offered))


def secrets_due(desk: Desk, sprint: SprintRecord) -> tuple[RegisteredSecret, ...]:
    """Those of the register that would be overdue by the next window."""
    by = _next_day(desk, sprint)
    return tuple(secret for secret in desk.secrets.secrets_of(sprint.client) if secret.is_due(by))


def _next_day(desk: Desk, sprint: SprintRecord) -> date:
    following = desk.windows.next_after(sprint.window)
    usual = desk.today() + timedelta(days=_DAYS_OF_A_MONTH * desk.agency.windows.months_apart)
    return following.window.day if following else usual


def _standing(desk: Desk, sprint: SprintRecord, offered: Sequence[tuple[WorkItem, bool]]) -> Iterator[Work]:
    rules, seen = effort_rules(desk.agency), audited(desk, sprint.window, Moment.START)
    for each in seen:
        for key, care in ((SAFE, Care.SAFE), (CARE, Care.CARE)):
            if each.survey and (units := _updates(each.survey, care)):
                covers = _covered(sprint, offered, key, each, len(seen))
                yield standing_work(rules[key], name_of(each.address), each.address, sprint.window, units, covers)
    due, finds = len(secrets_due(desk, sprint)), sum(map(_secrets_found, seen))
    if due or finds:
        what = f"{due + finds} secrets" if due + finds != 1 else "one secret"
        covers = tuple(name for each in seen for name in _covered(sprint, offered, ROTATE, each, len(seen)))
        yield standing_work(rules[ROTATE], what, "secrets", sprint.window, due + finds, covers)
    if seen:
        what = name_of(seen[0].address) if len(seen) == 1 else f"{len(seen)} repositories"
        yield standing_work(rules[SCAN], what, "scan", sprint.window, len(seen))


def _updates(survey: LibrarySurvey, care: Care) -> int:
    return sum(step.care is care for update in survey.updates for step in update.steps)


def _secrets_found(each: AuditedRepository) -> int:
    findings = each.report.findings if each.report else ()
    return sum(one.finding.check in SECRET_CHECKS and one.finding.severity is not Severity.INFO for one in findings)


def _covered(
    sprint: SprintRecord,
    offered: Sequence[tuple[WorkItem, bool]],
    key: str,
    each: AuditedRepository,
    repositories: int,
) -> tuple[str, ...]:
    """Of several repositories' work items the cause names the one it is about."""
    return tuple(
        work_key(sprint.proposal, item.key, item.cause)
        for item, _ in offered
        if item.key == _COVERED.get(key) and (repositories == 1 or item.cause.endswith(f" in {each.address}"))
    )


def _offered(desk: Desk, sprint: SprintRecord) -> Iterator[tuple[WorkItem, bool]]:
    """The accepted proposal's work that nobody has closed yet, and whether a critical finding calls for it."""
    if not sprint.proposal:
        return
    proposal = kept_proposal(desk, desk.store.proposal(sprint.proposal))
    closed = {(each.key, each.cause) for each in desk.store.actuals() if each.proposal == sprint.proposal}
    urgent = _critical(desk, proposal)
    for item in proposal.estimate.items:
        if (item.key, item.cause) not in closed:
            yield item, bool(urgent & set(item.findings))


def _critical(desk: Desk, proposal: Proposal) -> frozenset[str]:
    findings = all_findings([kept_audit(desk, audit) for audit in proposal.audits])
    return frozenset(each.id for each in findings if each.finding.severity is Severity.CRITICAL)


def _work_of(sprint: SprintRecord, item: WorkItem, is_urgent: bool) -> Work:
    return Work(
        key=work_key(sprint.proposal, item.key, item.cause),
        source=Source.PROPOSAL,
        title=item.title,
        minutes=max(1, minutes_of(item.hours.likely)),
        priority=Priority.CRITICAL if is_urgent else Priority.NORMAL,
        place=item.priority,
        note=f"{plain(item.hours.low)}\N{EN DASH}{plain(item.hours.high)} h",
    )
