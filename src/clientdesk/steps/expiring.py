"""The last days of an offer: a reminder before them, and the end after 24:00 local time of the last one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from clientdesk.documents.answers import reminder_letter
from clientdesk.domain.proposal import IllegalMove, ProposalState, is_open_at
from clientdesk.ports.mail import Message, MessageKey, MessageState, about_proposal
from clientdesk.ports.records import ProposalRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client
from clientdesk.steps.publishing import kept_proposal, mail_of


@dataclass(frozen=True, slots=True)
class Reminders:
    """Drafted now, and what was passed over with the reason."""

    drafted: tuple[Message, ...]
    passed_over: tuple[tuple[str, str], ...]


def expire(desk: Desk) -> tuple[ProposalRecord, ...]:
    """End every offer whose last day is over; run again, it finds nothing more to do."""
    zone, now = desk.agency.office_hours.zone, desk.clock.now()
    ended: list[ProposalRecord] = []
    for record in desk.store.proposals(ProposalState.SENT):
        if not is_open_at(now, record.valid_until, zone):
            why = f"valid until {record.valid_until}"
            with suppress(IllegalMove):  # answered between the look and the move
                ended.append(desk.store.move(record.id, ProposalState.EXPIRED, "clientdesk", now, why))
    return tuple(ended)


def remind(desk: Desk) -> Reminders:
    """Draft a reminder for every offer near its last day, once each; a person approves it in the outbox.

    Whose day falls before the next working day is reminded now: nobody approves on a Sunday.
    """
    today, days = desk.today(), desk.agency.proposals.reminder_days
    last = desk.calendar.working_day_from(today + timedelta(days=1)) - timedelta(days=1) + timedelta(days=days)
    drafted: list[Message] = []
    passed_over: list[tuple[str, str]] = []
    for record in desk.store.proposals(ProposalState.SENT) if days else ():
        if not today <= record.valid_until <= last:
            continue
        reason = _why_not(desk, record)
        if reason:
            passed_over.append((record.number, reason))
        else:
            drafted.append(_reminder(desk, record))
    return Reminders(tuple(drafted), tuple(passed_over))


def _why_not(desk: Desk, record: ProposalRecord) -> str:
    """Nobody is reminded twice, or of what never reached them."""
    if desk.store.message_for(_key(desk, record)) is not None:
        return "reminded already"
    mail = mail_of(desk, record)
    is_out_by_hand = mail is not None and mail.state is MessageState.APPROVED and not desk.mailer.is_configured
    if mail is not None and (mail.state is MessageState.SENT or is_out_by_hand):
        return ""
    return f"its mail is {mail.state.value}" if mail else "it has no mail"


def _reminder(desk: Desk, record: ProposalRecord) -> Message:
    proposal = kept_proposal(desk, record)
    letter = desk.press.email("reminder", reminder_letter(proposal, desk.agency, desk.today()))
    mail = mail_to_client(desk, proposal.call, _key(desk, record), letter, state=MessageState.DRAFT)
    return desk.store.add_message(mail, desk.clock.now())


def _key(desk: Desk, record: ProposalRecord) -> MessageKey:
    recipient = kept_proposal(desk, record).call.contacts[0].email
    return MessageKey(about_proposal(record.id), record.number, recipient, "reminder")
