"""The client's answer: a yes with its evidence and its window, a no, an offer taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from clientdesk.documents.answers import accepted_letter, declined_letter
from clientdesk.domain.capacity import room_of
from clientdesk.domain.maintenance import first_candidates
from clientdesk.domain.proposal import IllegalMove, Proposal, ProposalState, moved
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import Message, MessageKey, MessageState, about_proposal
from clientdesk.ports.records import Acceptance, Accepted, AnotherDocument, Booking, ProposalRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.inviting import first_invitation
from clientdesk.steps.mailing import mail_to_client
from clientdesk.steps.publishing import kept_proposal

_CANDIDATES = 26  # half a year of Tuesdays


class Unproven(Refusal):
    """An answer without its who, when, how or evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the answer was given: words, or a file with the name it came under."""

    words: str = ""
    file_name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Yes:
    """The client's yes as somebody heard it. `pdf` None: no copy of what was accepted came with it."""

    by: str
    at: datetime
    how: str
    evidence: Evidence
    pdf: bytes | None = None


def accept(desk: Desk, record: ProposalRecord, yes: Yes, recorded_by: str) -> Accepted:
    """Keep the yes, book the first window and draft the confirmation, all or nothing.

    What was accepted is the PDF that was sent: a copy that came with the yes must be the very same file.
    """
    proposal, now = kept_proposal(desk, record), desk.clock.now()
    moved(record.state, ProposalState.ACCEPTED)
    _must_be_proven(desk, record, yes, recorded_by)
    evidence, digest = _kept(desk, record, yes.evidence)
    acceptance = Acceptance(yes.by, yes.at, yes.how, evidence, digest, _hash_accepted(record, yes), recorded_by, now)
    zone = desk.agency.office_hours.zone
    booking = _booking(desk, proposal, yes.at)
    return desk.store.accept(record.id, acceptance, booking, zone, lambda done: _confirmation(desk, proposal, done))


def decline(desk: Desk, record: ProposalRecord, by: str, why: str) -> ProposalRecord:
    """Keep the client's no and its reason, give the window back, draft the thanks."""
    moved(record.state, ProposalState.DECLINED)
    proposal = kept_proposal(desk, record)
    letter = desk.press.email("declined", declined_letter(proposal, desk.agency))
    mail = mail_to_client(desk, proposal.call, _key(record, proposal, "declined"), letter, state=MessageState.DRAFT)
    return desk.store.move(record.id, ProposalState.DECLINED, by, desk.clock.now(), why, mail)


def withdraw(desk: Desk, record: ProposalRecord, by: str, why: str) -> ProposalRecord:
    """Take the offer back; a mail that has not gone out stays here. The client is told by a person."""
    return desk.store.move(record.id, ProposalState.WITHDRAWN, by, desk.clock.now(), why)


def answer_mail(desk: Desk, record: ProposalRecord, purpose: str) -> Message | None:
    """The mail that was drafted on the answer: `accepted` or `declined`."""
    return desk.store.message_for(_key(record, kept_proposal(desk, record), purpose))


def _must_be_proven(desk: Desk, record: ProposalRecord, yes: Yes, recorded_by: str) -> None:
    if not yes.by.strip() or not yes.how.strip() or not recorded_by.strip():
        raise Unproven("an acceptance names who gave it, how, and who puts it down")
    if not yes.evidence.words.strip() and not yes.evidence.content:
        raise Unproven("an acceptance needs its evidence: the client's words, or a file")
    if yes.at > desk.clock.now():
        raise Unproven(f"{yes.at:%Y-%m-%d %H:%M} is yet to come: say when the client accepted")
    sent_at = _sent_at(desk, record)
    if yes.at < sent_at:
        raise Unproven(f"{record.number} was sent on {sent_at:%Y-%m-%d at %H:%M} UTC: it can't be accepted before that")


def _sent_at(desk: Desk, record: ProposalRecord) -> datetime:
    sent = [move.at for move in desk.store.moves_of(record.id) if move.after is ProposalState.SENT]
    if not sent:
        raise IllegalMove("a proposal that was not sent can't be accepted")
    return sent[-1]


def _hash_accepted(record: ProposalRecord, yes: Yes) -> str:
    if yes.pdf is None:
        return record.pdf_sha256
    digest = hashlib.sha256(yes.pdf).hexdigest()
    if digest != record.pdf_sha256:
        raise AnotherDocument(
            f"the PDF given is not the one that was sent as {record.number}: its SHA-256 is {digest[:16]}…, not "
            f"{record.pdf_sha256[:16]}…. What they accepted may be another revision; a scan belongs to --evidence"
        )
    return digest


def _kept(desk: Desk, record: ProposalRecord, evidence: Evidence) -> tuple[str, str]:
    """Words as they are; a file under a name of our own in the document store, with its hash."""
    if not evidence.content:
        return evidence.words, ""
    digest = hashlib.sha256(evidence.content).hexdigest()
    ending = evidence.file_name.rpartition(".")[2].lower() if "." in evidence.file_name else ""
    suffix = f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= len("evidence") else ""
    name = f"acceptances/{record.number}-{digest[:16]}{suffix}"
    desk.documents.put(name, evidence.content)
    return name, digest


def _booking(desk: Desk, proposal: Proposal, accepted_at: datetime) -> Booking:
    """By the rule from the day of the yes, but never a day without notice from today; the offered day comes first."""
    rules, offered = desk.agency.windows, proposal.offer.first
    day = max(desk.calendar.local(accepted_at).date(), desk.today())
    by_rule = first_candidates(day, rules, desk.calendar, _CANDIDATES)
    still_good = (offered,) if offered.day >= by_rule[0].day else ()
    candidates = tuple(dict.fromkeys((*still_good, *by_rule)))
    retainer = proposal.quote.recommended.bucket_hours
    return Booking(offered, candidates, room_of(desk.agency), rules.weekday, retainer)


def _confirmation(desk: Desk, proposal: Proposal, done: Accepted) -> Message:
    given, window = done.acceptance, done.window.window if done.window else None
    view = accepted_letter(proposal, desk.agency, given.by, given.at, given.pdf_sha256, window)
    letter = desk.press.email("accepted", view)
    key = _key(done.proposal, proposal, "accepted")
    part = first_invitation(desk, done.window, proposal.call) if done.window else None
    return mail_to_client(desk, proposal.call, key, letter, state=MessageState.DRAFT, invitation=part)


def _key(record: ProposalRecord, proposal: Proposal, purpose: str) -> MessageKey:
    return MessageKey(about_proposal(record.id), record.number, proposal.call.contacts[0].email, purpose)
