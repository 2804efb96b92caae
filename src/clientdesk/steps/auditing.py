"""The light audit: each check run on a clone, the report put together, kept, and signed off."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from clientdesk.audit.assembling import assemble, with_changes, with_profile
from clientdesk.audit.changes import EarlierAudit
from clientdesk.audit.judging import as_judged
from clientdesk.audit.profile import Profile
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.audit.result import CheckResult, Outcome
from clientdesk.audit.running import run_check
from clientdesk.documents.archive import audit_from_bytes, audit_to_bytes
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import CheckoutRef
from clientdesk.ports.people import Decision
from clientdesk.ports.records import AuditRecord, UnknownRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.edition import edition
from clientdesk.steps.libraries import keep_survey
from clientdesk.steps.pricing import factors_of
from clientdesk.steps.printing import audit_pdf

_BY_ID = {check.id: check for check in CHECKS}


class UnknownCheck(Refusal):
    """A check was named that does not exist."""


def check_ids(only: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of all checks, or of those named, in the report's order; raises `UnknownCheck`."""
    for name in only:
        if name not in _BY_ID:
            raise UnknownCheck(f"there is no check {name!r}: choose from {', '.join(_BY_ID)}")
    return tuple(check for check in _BY_ID if not only or check in only)


def title_of(check: str) -> str:
    return _BY_ID[check].title


def in_a_word(result: CheckResult) -> str:
    """For the progress display: "7 findings", "clean", "ran in part", "could not run"."""
    if result.ran_in_part:
        return "ran in part"
    if result.outcome is not Outcome.FOUND:
        return result.outcome.value
    count = len(result.findings)
    return "1 finding" if count == 1 else f"{count} findings"


def check_repository(desk: Desk, check: str, checkout: CheckoutRef) -> CheckResult:
    """Run one check on a clone; what goes wrong in it is an outcome, never an exception."""
    with desk.progress.step(title_of(check)) as say:
        result = run_check(_BY_ID[check], desk.checkouts.open(checkout), desk.today(), time.perf_counter)
        say(in_a_word(result), is_good=not result.has_no_result)
    return result


def report_of(desk: Desk, checkout: CheckoutRef, results: Sequence[CheckResult]) -> AuditReport:
    return assemble(desk.checkouts.open(checkout), results, desk.clock.now(), edition())


def audit(desk: Desk, repository: RepositoryAddress, only: Sequence[str] = (), workers: int = 24) -> AuditReport:
    """The audit alone: clone, check concurrently, put together. Nothing is kept."""
    checks = check_ids(only)
    with desk.progress.step(f"Clone {repository.address}"):
        checkout = desk.checkouts.fetch(repository)
    try:
        return report_of(desk, checkout, checked(desk, checkout, checks, workers))
    finally:
        desk.checkouts.discard(checkout)


def checked(desk: Desk, checkout: CheckoutRef, checks: Sequence[str], workers: int = 8) -> tuple[CheckResult, ...]:
    """The results of these checks, run at once, in their order."""
    with ThreadPoolExecutor(workers) as pool:
        return tuple(pool.map(lambda check: check_repository(desk, check, checkout), checks))


def judged_by(desk: Desk, report: AuditReport, profile: Profile | None, before: EarlierAudit | None) -> AuditReport:
    """The report as the engineer's profile has it, and with what has changed since an earlier audit."""
    judged = with_profile(report, profile, desk.today()) if profile else report
    return with_changes(judged, before) if before else judged


def keep_audit(
    desk: Desk, client: str, checkout: CheckoutRef, results: Sequence[CheckResult], audit: str = ""
) -> AuditRecord:
    """Put the report together and keep it: JSON, libraries and PDF in the document store, and a record of it.

    Where nobody reads it before it is signed off, it is printed once, by `signed_off`. `audit` is the id it shall have
    ("" for any): a second attempt finds what the first has kept.
    """
    with suppress(UnknownRecord):
        return desk.store.audit(audit)
    with desk.progress.step("Audit report") as say:
        report = judged_by(desk, report_of(desk, checkout, results), desk.profile, desk.baseline)
        content = audit_to_bytes(report)
        name = f"audits/{report.commit[:12]}-{report.audited_at:%Y%m%dT%H%M%S}-{client[:8]}"
        # What takes long comes first: who is killed in it has kept nothing that no record knows of.
        pdf = _printed(desk, client, report) if desk.is_read_first else None
        keep_survey(desk, desk.checkouts.open(checkout), f"{name}.json")
        if pdf:
            desk.documents.put(f"{name}.pdf", pdf)
        desk.documents.put(f"{name}.json", content)
        record = desk.store.keep_audit(client, report, f"{name}.json", hashlib.sha256(content).hexdigest(), audit)
        say(report.score.grade)
    return record


def kept_audit(desk: Desk, audit: str) -> AuditReport:
    """The report of an audit that was kept, with its latest sign-off and the severities that it sets."""
    return as_judged(measured_audit(desk, audit), desk.store.audit(audit).sign_off)


def measured_audit(desk: Desk, audit: str) -> AuditReport:
    """The report as the checks left it, before anybody judged."""
    return audit_from_bytes(desk.documents.get(desk.store.audit(audit).document))


def ask_engineer(desk: Desk, audits: Sequence[str]) -> Decision:
    """Ask whether the audits are right; a yes is kept with each of them, in the engineer's words."""
    reports = [kept_audit(desk, audit) for audit in audits]
    places = [desk.documents.place(pdf_of(desk.store.audit(audit))) for audit in audits]
    decision = desk.asked().sign_off([_line(report) for report in reports], places)
    if decision.is_yes:
        for audit in audits:
            signed_off(desk, audit, SignOff(decision.by, desk.clock.now(), decision.words))
    return decision


def signed_off(desk: Desk, audit: str, sign_off: SignOff) -> None:
    """Keep the sign-off, and print the report again: what a client reads names who answers for it."""
    desk.store.sign_off(audit, sign_off)
    record = desk.store.audit(audit)
    desk.documents.put(pdf_of(record), _printed(desk, record.client, kept_audit(desk, audit)))


def _printed(desk: Desk, client: str, report: AuditReport) -> bytes:
    """In the client's language, as the proposal that rests on it."""
    return audit_pdf(desk, report, factors_of(desk.store), desk.store.latest_call(client).locale)


def pdf_of(record: AuditRecord) -> str:
    """The name of the audit's PDF in the document store."""
    return record.document.removesuffix(".json") + ".pdf"


def _line(report: AuditReport) -> str:
    return f"{report.repository} at {report.commit[:10]}: {report.score.verdict}"
