"""The agency's day in short sentences: a client registered, a proposal approved, a mail in the outbox."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from fakes.clock import MONDAY_MORNING
from fakes.samples import audit, call, proposal
from fakes.windows import room

from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal, ProposalState
from clientdesk.ports.mail import Message, MessageKey, MessageState
from clientdesk.ports.records import Acceptance, Accepted, Booking, ProposalRecord, Published
from clientdesk.ports.store import Store

NOW = MONDAY_MORNING
ZONE = "Europe/Berlin"
REPORT = audit(4)
RECIPIENT = "nora.feld@harbour.example"


def a_client(store: Store, company: str = "Harbour Bookings GmbH") -> str:
    return store.register(call(company=company), NOW).id


def an_audit(store: Store, client: str, sha256: str = "5ha") -> str:
    return store.keep_audit(client, REPORT, f"audits/{sha256}.json", sha256).id


def a_proposal(store: Store, client: str) -> Proposal:
    return replace(proposal(REPORT, number=""), audits=(an_audit(store, client),))


def drafted(store: Store, client: str, basis: str = "basis") -> ProposalRecord:
    return store.draft(client, a_proposal(store, client), basis, f"proposals/{basis}.json")


def approved(store: Store, client: str, basis: str = "basis") -> ProposalRecord:
    record = drafted(store, client, basis)
    store.move(record.id, ProposalState.IN_REVIEW, "clientdesk", NOW)
    return store.move(record.id, ProposalState.APPROVED, "Ada Lead", NOW, "fine")


def sent(store: Store, client: str, basis: str = "basis") -> ProposalRecord:
    record = approved(store, client, basis)
    return store.send(record.id, "Ada Lead", NOW, 2026, published)


def published(number: str) -> Published:
    return Published(f"proposals/{number}.pdf", hashlib.sha256(number.encode()).hexdigest(), a_mail(number))


def a_mail(number: str = "P-2026-0001", *, source: bytes = b"Subject: Hello\r\n\r\nHello\r\n") -> Message:
    key = MessageKey(f"proposal {number}", number, RECIPIENT, "proposal-sent")
    digest = hashlib.sha256(source).hexdigest()
    return Message(key, f"<{uuid4().hex}@atenbi.example>", "Hello", source, digest, MessageState.APPROVED, "")


def in_outbox(store: Store, company: str = "Harbour Bookings GmbH") -> Message:
    """An approved mail, put there by sending a proposal."""
    record = sent(store, a_client(store, company))
    message = store.message_for(a_mail(record.number).key)
    assert message is not None
    return message


def tuesday(weeks_later: int = 0) -> Window:
    """The windows from Tuesday 7 April 2026 on."""
    day = date(2026, 4, 7) + timedelta(weeks=weeks_later)
    starts_at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    return Window(day, starts_at, starts_at + timedelta(hours=8))


def an_acceptance(record: ProposalRecord, **said: object) -> Acceptance:
    """Nora says yes by mail, now, to the PDF that was sent."""
    given = {
        "by": "Nora Feld",
        "at": NOW,
        "how": "mail",
        "evidence": "We accept",
        "evidence_sha256": "",
        "pdf_sha256": record.pdf_sha256,
        "recorded_by": "Max Lead",
        **said,
    }
    return Acceptance(**{"recorded_at": given["at"], **given})


def agreed(store: Store, company: str = "Harbour Bookings GmbH", *candidates: Window) -> ProposalRecord:
    """A client who has said yes; the first window is on Tuesday 7 April 2026 or the first candidate with room."""
    record = sent(store, a_client(store, company))
    return store.accept(record.id, an_acceptance(record), booking(*candidates), ZONE, confirmed).proposal


def booking(*candidates: Window) -> Booking:
    """The first Tuesday was offered; one client a day."""
    return Booking(tuesday(), candidates or (tuesday(), tuesday(1)), room(), 1)


def confirmed(done: Accepted) -> Message:
    """The letter that says which window was booked."""
    mail = a_mail(done.proposal.number)
    day = done.window.window.day.isoformat() if done.window else "nothing"
    return replace(mail, key=replace(mail.key, purpose="accepted"), subject=f"booked {day}", state=MessageState.DRAFT)
