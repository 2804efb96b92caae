"""The audits at a sprint's start and end: one for each repository, or the reason why there is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from clientdesk.audit.assembling import with_changes
from clientdesk.audit.comparing import earlier
from clientdesk.audit.library_survey import Moved, moved_between
from clientdesk.documents.sprint_facts import AuditedRepository
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.ports.records import AuditRecord, StoreUnavailable
from clientdesk.ports.sprints import Moment, RepositoryLook
from clientdesk.steps import auditing
from clientdesk.steps.desk import Desk
from clientdesk.steps.libraries import survey_of

_WORKERS = 8


def to_audit(desk: Desk, window: str, moment: Moment) -> tuple[RepositoryAddress, ...]:
    """The client's repositories on which there is no word yet at this moment of the sprint."""
    looked = {(look.repository, look.ref) for look in desk.sprints.looks(window, moment)}
    repositories = desk.store.client(desk.sprints.sprint(window).client).repositories
    return tuple(each for each in repositories if (each.address, each.ref) not in looked)


def keep_look(
    desk: Desk, window: str, moment: Moment, repository: RepositoryAddress, audit: str, problem: str = ""
) -> RepositoryLook:
    """Keep the audit, and with what it is compared; or the problem that kept it away. The first word counts."""
    before = _before(desk, window, moment, desk.store.audit(audit)) if audit else ""
    look = RepositoryLook(window, moment, repository.address, repository.ref, audit, before, problem)
    return desk.sprints.keep_look(look)


def audit_here(desk: Desk, window: str, moment: Moment) -> None:
    """Audit what is still to be audited, in this process; a repository that can't be had stops none of the others."""
    client = desk.sprints.sprint(window).client
    for repository in to_audit(desk, window, moment):
        try:
            audit = _audited(desk, client, repository)
        except Refusal as refusal:
            keep_look(desk, window, moment, repository, "", problem_of(refusal))
        else:
            keep_look(desk, window, moment, repository, audit)


def problem_of(error: BaseException) -> str:
    """Why a repository could not be audited. What is wrong on our side is raised again: it may be mended, and the
    audit made then.
    """
    if not isinstance(error, Refusal) or isinstance(error, DocumentNotKept | StoreUnavailable):
        raise error
    return str(error)


def audited(desk: Desk, window: str, moment: Moment) -> tuple[AuditedRepository, ...]:
    """What the audits of this moment say, compared with those before."""
    return tuple(_seen(desk, look) for look in desk.sprints.looks(window, moment))


def _audited(desk: Desk, client: str, repository: RepositoryAddress) -> str:
    with desk.progress.step(f"Clone {repository.address}"):
        checkout = desk.checkouts.fetch(repository)
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            look = pool.map(lambda check: auditing.check_repository(desk, check, checkout), auditing.check_ids())
            results = tuple(look)
        return auditing.keep_audit(desk, client, checkout, results).id
    finally:
        desk.checkouts.discard(checkout)


def _before(desk: Desk, window: str, moment: Moment, audit: AuditRecord) -> str:
    """At the end the audit of the start; else the last one of the same repository."""
    if moment is Moment.END:
        for look in desk.sprints.looks(window, Moment.START):
            if look.audit and desk.store.audit(look.audit).repository == audit.repository:
                return look.audit
    same = (each for each in desk.store.audits_of(audit.client) if each.repository == audit.repository)
    return next((each.id for each in same if each.id != audit.id and each.audited_at <= audit.audited_at), "")


def _seen(desk: Desk, look: RepositoryLook) -> AuditedRepository:
    if not look.audit:
        return AuditedRepository(look.repository, None, problem=look.problem)
    report, survey = auditing.kept_audit(desk, look.audit), survey_of(desk, look.audit)
    if look.before:
        report = with_changes(report, earlier(auditing.measured_audit(desk, look.before)))
    return AuditedRepository(look.repository, report, survey, moved=_moved(desk, look))


def _moved(desk: Desk, look: RepositoryLook) -> tuple[Moved, ...] | None:
    before, after = (survey_of(desk, audit) if audit else None for audit in (look.before, look.audit))
    return moved_between(before, after) if before and after else None
