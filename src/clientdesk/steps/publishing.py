"""Sending a proposal: numbered, printed and put in the outbox in one step that happens whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from clientdesk.documents.archive import proposal_from_bytes, proposal_to_bytes
from clientdesk.documents.figures import Figures
from clientdesk.documents.letters import proposal_letter
from clientdesk.documents.proposal import proposal_view
from clientdesk.domain.proposal import NoLongerValid, Proposal, ProposalState
from clientdesk.ports.documents import Attachment
from clientdesk.ports.mail import Message, MessageKey, about_proposal
from clientdesk.ports.records import ProposalRecord, Published
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client
from clientdesk.steps.outbox import in_a_word

_LETTER = "proposal-sent"
TEAM = "en_IE"  # the command speaks English; the client's language is for the client's documents


@dataclass(frozen=True, slots=True)
class ProposalOutcome:
    """Where a proposal stands, for the team. `pdf` and `mail` are places a person can open."""

    proposal: str
    state: ProposalState
    number: str
    plan: str
    price: str
    first_window: str
    answer_by: str
    valid_until: str
    pdf: str
    mail: str
    mail_state: str


def proposal_pdf(desk: Desk, proposal: Proposal, made_at: datetime) -> bytes:
    """The proposal for print, its data attached; the same proposal and instant give the same bytes."""
    reports = [kept_audit(desk, audit) for audit in proposal.audits]
    data = Attachment("proposal.json", proposal_to_bytes(proposal), "application/json", "The proposal's data")
    return desk.press.pdf("proposal", proposal_view(proposal, desk.agency, reports), made_at, (data,))


def kept_proposal(desk: Desk, record: ProposalRecord) -> Proposal:
    """The proposal as it was drafted, with the number it has by now."""
    return replace(proposal_from_bytes(desk.documents.get(record.document)), number=record.number)


def send_proposal(desk: Desk, proposal: str, by: str = "clientdesk", letter: str = "") -> tuple[ProposalRecord, str]:
    """Number it, print it, put its mail in the outbox; returns the record and the mail's id.

    Safe to run again: what is sent stays sent, under the same number. Raises `NoLongerValid` for a draft whose days
    are over. `letter` is a paragraph of the account lead's own in the mail.
    """
    before, now = desk.store.proposal(proposal), desk.clock.now()
    drafted = kept_proposal(desk, before)
    if not before.number:
        _must_hold(desk, drafted)
    record = desk.store.send(
        proposal, by, now, desk.today().year, lambda number: _publish(desk, proposal, drafted, number, now, letter)
    )
    message = mail_of(desk, record)
    if message is None:
        raise LookupError(f"{record.number} is sent, yet its mail is not in the outbox")
    return record, message.id


def outcome_of(desk: Desk, proposal: str) -> ProposalOutcome:
    """Where the proposal stands."""
    record = desk.store.proposal(proposal)
    kept = kept_proposal(desk, record)
    figures = Figures(TEAM, desk.agency.office_hours.zone)
    message = mail_of(desk, record)
    return ProposalOutcome(
        proposal=record.id,
        state=record.state,
        number=record.number,
        plan=kept.quote.recommended.kind.value,
        price=price_of(kept),
        first_window=figures.weekday_and_date(kept.offer.first.day),
        answer_by=figures.day(kept.offer.answer_by),
        valid_until=figures.day(kept.valid_until),
        pdf=desk.documents.place(record.pdf or preview_of(record)),
        mail=desk.outbox.file(message, desk.clock.now()) if message else "",
        mail_state=in_a_word(desk, message) if message else "",
    )


def mail_of(desk: Desk, record: ProposalRecord) -> Message | None:
    """The mail that carries the proposal; None as long as it is not sent."""
    if not record.number:
        return None
    return desk.store.message_for(_key(record.id, kept_proposal(desk, record), record.number))


def preview_of(record: ProposalRecord) -> str:
    """The name of the draft's PDF in the document store."""
    return record.document.removesuffix(".json") + ".draft.pdf"


def price_of(proposal: Proposal) -> str:
    """What the recommended plan costs, net: once, a month, or both."""
    figures, plan = Figures(TEAM), proposal.quote.recommended
    once = f"{figures.money(plan.one_off.net)} once" if plan.one_off.net.amount else ""
    monthly = f"{figures.money(plan.monthly.net)} a month" if plan.monthly.net.amount else ""
    return (" and ".join(filter(None, (once, monthly))) or "nothing to pay up front") + ", net"


def _key(proposal: str, drafted: Proposal, number: str) -> MessageKey:
    return MessageKey(about_proposal(proposal), number, drafted.call.contacts[0].email, _LETTER)


def _must_hold(desk: Desk, drafted: Proposal) -> None:
    """A proposal must not offer what has run out while nobody sent it."""
    last_day = min(drafted.valid_until, drafted.offer.answer_by)
    if desk.today() > last_day:
        raise NoLongerValid(f"this draft offers a window that was held until {last_day}: revise it, which renews it")


def _publish(desk: Desk, proposal: str, drafted: Proposal, number: str, now: datetime, letter: str) -> Published:
    numbered = replace(drafted, number=number)
    pdf, name = proposal_pdf(desk, numbered, now), f"proposals/{number}.pdf"
    desk.documents.put(name, pdf)
    return Published(name, hashlib.sha256(pdf).hexdigest(), _mail(desk, proposal, numbered, pdf, letter))


def _mail(desk: Desk, proposal: str, numbered: Proposal, pdf: bytes, words: str) -> Message:
    attachment = Attachment(f"{numbered.number}.pdf", pdf, "application/pdf")
    letter = desk.press.email(_LETTER, proposal_letter(numbered, desk.agency, attachment.name, words))
    return mail_to_client(desk, numbered.call, _key(proposal, numbered, numbered.number), letter, (attachment,))
