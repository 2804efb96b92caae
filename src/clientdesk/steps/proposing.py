"""The proposal up to its sending: drafted on the evidence of audits, shown, and approved by a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from clientdesk.audit.report import AuditReport
from clientdesk.documents.archive import proposal_to_bytes
from clientdesk.documents.figures import Figures
from clientdesk.domain.intake import IntroCall, judge_fit
from clientdesk.domain.proposal import IllegalMove, Proposal, ProposalState
from clientdesk.ports.people import Decision
from clientdesk.ports.records import ProposalRecord
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.pricing import estimate_of, factors_of, quote_of
from clientdesk.steps.publishing import TEAM, kept_proposal, preview_of, price_of, proposal_pdf
from clientdesk.steps.windows import hold_first_window

_STANDING = frozenset(
    {
        ProposalState.DRAFT,
        ProposalState.IN_REVIEW,
        ProposalState.APPROVED,
        ProposalState.SENT,
        ProposalState.ACCEPTED,
    }
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as drafted, or the one that stands and says the same."""

    proposal: str
    needs_approval: bool
    in_a_word: str


def draft_proposal(desk: Desk, client: str, audits: Sequence[str]) -> Draft:
    """Estimate, price, hold a window, keep the draft and its preview. With nothing new to say: the one that stands."""
    call = desk.store.latest_call(client)
    reports = [kept_audit(desk, audit) for audit in audits]
    basis = basis_of(desk, call, reports)
    record = _standing(desk, client, basis) or _drafted(desk, client, call, audits, basis)
    if record.state is ProposalState.DRAFT:
        record = laid_out(desk, record)
    if record.number:
        return Draft(record.id, False, f"unchanged: {record.number}")
    return Draft(record.id, record.state is not ProposalState.APPROVED, "draft")


def basis_of(desk: Desk, call: IntroCall, reports: Sequence[AuditReport]) -> str:
    """What a proposal rests on, as a hash.

    The call, the agency's facts, what the audits found at which commit, and what experience says about the work.
    """
    audits = [
        {
            "repository": report.repository,
            "commit": report.commit,
            "findings": [(each.id, each.finding.fingerprint) for each in report.findings],
            "results": [(result.check, result.outcome, result.gaps) for result in report.results],
            **_judged(report),
        }
        for report in reports
    ]
    factors = {key: asdict(factor) for key, factor in factors_of(desk.store).items()}
    parts = json.dumps([asdict(call), asdict(desk.agency), audits, factors], sort_keys=True, default=_in_order)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def _judged(report: AuditReport) -> dict[str, object]:
    set_to = [(each.finding, each.after) for each in report.sign_off.judgements] if report.sign_off else []
    return {"judged": set_to} if set_to else {}


def _in_order(value: object) -> object:
    """Sets have an order of their own in each process; the same set must give the same text."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def ask_account_lead(desk: Desk, proposal: str) -> Decision:
    """Ask whether it shall go out; a yes is kept with the account lead's name and words."""
    record = desk.store.proposal(proposal)
    facts = _facts(kept_proposal(desk, record))
    decision = desk.asked().approve(facts, [desk.documents.place(preview_of(record))])
    if decision.is_yes:
        desk.store.move(proposal, ProposalState.APPROVED, decision.by, desk.clock.now(), decision.words)
    return decision


def _standing(desk: Desk, client: str, basis: str) -> ProposalRecord | None:
    """What the client has accepted or can, on the same basis or revised from it; what has run out is closed."""
    records = desk.store.proposals_of(client)
    by_id = {record.id: record for record in records}
    for record in records:
        if record.state in _STANDING and _first_basis(record, by_id) == basis:
            if record.state is ProposalState.ACCEPTED or _still_holds(desk, record):
                return record
            _close(desk, record)
    return None


def _first_basis(record: ProposalRecord, by_id: Mapping[str, ProposalRecord]) -> str:
    """The basis of the proposal that all revisions up to this one began with."""
    while record.parent:
        record = by_id[record.parent]
    return record.basis


def _still_holds(desk: Desk, record: ProposalRecord) -> bool:
    """Valid, and where it is yet to be sent, with time left to answer for the window it offers."""
    today = desk.today()
    if record.state is ProposalState.SENT:
        return record.valid_until >= today
    return min(record.valid_until, kept_proposal(desk, record).offer.answer_by) >= today


def _close(desk: Desk, record: ProposalRecord) -> None:
    after = ProposalState.EXPIRED if record.state is ProposalState.SENT else ProposalState.WITHDRAWN
    desk.store.move(record.id, after, "clientdesk", desk.clock.now(), "its days are over")


def _drafted(desk: Desk, client: str, call: IntroCall, audits: Sequence[str], basis: str) -> ProposalRecord:
    """Under a name of its own: what was sent earlier on the same basis stays as it is."""
    proposal = _proposal(desk, client, call, audits)
    document = f"proposals/{client[:8]}-{basis[:12]}-{desk.clock.now():%Y%m%dT%H%M%S}.json"
    desk.documents.put(document, proposal_to_bytes(proposal))
    return desk.store.draft(client, proposal, basis, document)


def laid_out(desk: Desk, record: ProposalRecord) -> ProposalRecord:
    """With its preview printed, it can be reviewed; a draft whose printing failed is taken up again here."""
    now = desk.clock.now()
    desk.documents.put(preview_of(record), proposal_pdf(desk, kept_proposal(desk, record), now))
    try:
        return desk.store.move(record.id, ProposalState.IN_REVIEW, "clientdesk", now)
    except IllegalMove:
        return _moved_on(desk, record)


def _moved_on(desk: Desk, record: ProposalRecord) -> ProposalRecord:
    """Another run of the same client was quicker with the same draft: as far as that has brought it."""
    there = desk.store.proposal(record.id)
    if there.state not in _STANDING:
        raise IllegalMove(f"the proposal is {there.state.value.replace('_', ' ')} meanwhile: draft it again")
    return there


def _proposal(desk: Desk, client: str, call: IntroCall, audits: Sequence[str]) -> Proposal:
    reports = [kept_audit(desk, audit) for audit in audits]
    estimate, today = estimate_of(desk.agency, reports, factors_of(desk.store)), desk.today()
    quote = quote_of(desk.agency, call, reports, estimate)
    return Proposal(
        call=call,
        fit=judge_fit(call, desk.agency.partners),
        audits=tuple(audits),
        estimate=estimate,
        quote=quote,
        offer=hold_first_window(desk, client, quote.recommended.bucket_hours),
        drafted_on=today,
        valid_until=today + timedelta(days=desk.agency.proposals.valid_days),
    )


def _facts(proposal: Proposal) -> list[str]:
    contact, plan = proposal.call.contacts[0], proposal.quote.recommended
    window = Figures(TEAM).weekday_and_date(proposal.offer.first.day)
    return [
        f"To {contact.name} <{contact.email}> at {proposal.call.company}",
        f"{plan.kind.value}: {plan.reason}",
        f"Price: {price_of(proposal)}",
        f"First window: {window}",
    ]
