"""The round through the portfolio: which repositories, each audited anew, and what has moved since the last time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from clientdesk.audit.comparing import changes, earlier
from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import Severity
from clientdesk.documents.portfolio import Movement, Portfolio, PortfolioLine, portfolio_letter
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.proposal import OFF_OFFER
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import Message, MessageKey
from clientdesk.ports.records import AuditRecord, ClientRecord
from clientdesk.steps import auditing
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import client_named
from clientdesk.steps.mailing import mail_to_team

_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})
_SAID_NO = "turned us down, or let the offer run out"


@dataclass(frozen=True, slots=True)
class Target:
    """A repository to audit, and the client whose it is."""

    client: str
    company: str
    repository: RepositoryAddress


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a target: the audit's id, or the problem that left none."""

    target: Target
    audit: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round goes through; `left_out` are companies, with the reason."""

    targets: tuple[Target, ...]
    left_out: tuple[tuple[str, str], ...]


def round_through(desk: Desk, only: Sequence[str] = ()) -> Round:
    """The repositories of those named by `only`, or of all clients but those who said no: their code is left alone."""
    named = [client_named(desk.store, name) for name in only]
    left_out = [] if named else [client for client in desk.store.clients() if _said_no(desk, client)]
    chosen = named or [client for client in desk.store.clients() if client not in left_out]
    targets = [Target(each.id, each.company, repository) for each in chosen for repository in each.repositories]
    return Round(tuple(targets), tuple((client.company, _SAID_NO) for client in left_out))


def audit_all(desk: Desk, targets: Sequence[Target], at_once: int = 1) -> tuple[Tried, ...]:
    """Audit and keep each, so many at once; one that fails is said and stops none of the others."""
    with ThreadPoolExecutor(max(at_once, 1)) as pool:
        return tuple(pool.map(lambda target: audit_one(desk, target), targets))


def audit_one(desk: Desk, target: Target) -> Tried:
    """Never raises for what the repository, its host or a defect of ours did."""
    try:
        return Tried(target, audit=_audited(desk, target).id)
    except Refusal as refusal:
        return Tried(target, problem=str(refusal))
    except Exception as error:  # noqa: BLE001 (the others must go on; it is named, and the round does not pass)
        return Tried(target, problem=f"a defect in clientdesk: {type(error).__name__}: {error}")


def portfolio_of(desk: Desk, tried: Sequence[Tried], left_out: Sequence[tuple[str, str]] = ()) -> Portfolio:
    """What the round came to, each repository beside its last audit before."""
    return Portfolio(tuple(_line(desk, each) for each in tried), tuple(left_out))


def announce_portfolio(desk: Desk, tried: Sequence[Tried], portfolio: Portfolio) -> Message:
    """The team's mail, once for the same audits, however often the round's last step is run."""
    what = "\n".join(sorted(f"{each.target.client} {each.target.repository.address} {each.audit}" for each in tried))
    digest = hashlib.sha256(what.encode()).hexdigest()
    key = MessageKey(f"portfolio:{digest[:32]}", str(desk.today()), desk.agency.seller.email, "portfolio-audited")
    known = desk.store.message_for(key)
    if known is not None:
        return known
    letter = desk.press.email("portfolio-audited", portfolio_letter(portfolio, desk.agency))
    return desk.store.add_message(mail_to_team(desk, key, letter), desk.clock.now())


def _said_no(desk: Desk, client: ClientRecord) -> bool:
    states = [record.state for record in desk.store.proposals_of(client.id)]
    return bool(states) and OFF_OFFER.issuperset(states)


def _audited(desk: Desk, target: Target) -> AuditRecord:
    with desk.progress.step(f"Clone {target.repository.address}"):
        checkout = desk.checkouts.fetch(target.repository)
    try:
        return auditing.keep_audit(
            desk, target.client, checkout, auditing.checked(desk, checkout, auditing.check_ids())
        )
    finally:
        desk.checkouts.discard(checkout)


def _line(desk: Desk, tried: Tried) -> PortfolioLine:
    target = tried.target
    if tried.problem:
        return PortfolioLine(target.company, target.repository.address, problem=tried.problem)
    record, report = desk.store.audit(tried.audit), auditing.measured_audit(desk, tried.audit)
    return PortfolioLine(
        company=target.company,
        repository=record.repository,
        grade=report.score.grade,
        points=report.score.points,
        findings=len(report.findings),
        not_run=sum(result.has_no_result for result in report.results),
        in_part=sum(result.left_something_out for result in report.results),
        movement=_movement(desk, record, report),
    )


def _movement(desk: Desk, record: AuditRecord, report: AuditReport) -> Movement | None:
    before = _before(desk, record)
    if before is None:
        return None
    earlier_report = auditing.measured_audit(desk, before.id)
    moved = changes(earlier(earlier_report), report)
    worst = {each.id for each in report.findings if each.finding.severity in _URGENT}
    return Movement(
        grade_before=earlier_report.score.grade,
        new=len(moved.new),
        urgent=len(worst.intersection(moved.new)),
        fixed=len(moved.surely_fixed),
        maybe_fixed=moved.maybe_fixed,
        remaining=len(moved.remaining),
        not_compared=len(moved.not_compared),
    )


def _before(desk: Desk, record: AuditRecord) -> AuditRecord | None:
    """The audit of this repository that was kept before this one."""
    same = (each for each in desk.store.audits_of(record.client) if each.repository == record.repository)
    return next((each for each in same if each.id != record.id and each.audited_at <= record.audited_at), None)
