"""Acceptances: the client's yes, the window booked on it and the mail that confirms it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters import store_proposals
from clientdesk.adapters.store_agreements import agree
from clientdesk.adapters.store_messages import message_once
from clientdesk.adapters.store_tables import AcceptanceRow, ProposalRow
from clientdesk.adapters.store_windows import book_first, booked_as
from clientdesk.domain.office_hours import local_day
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.proposal import accepted as accepted_state
from clientdesk.domain.windows import weekday_until
from clientdesk.ports.mail import Message
from clientdesk.ports.records import Acceptance, Accepted, AnotherDocument, BookedWindow, Booking, NoFreeWindow
from clientdesk.ports.windows import Change


def accept(
    session: Session,
    proposal: str,
    acceptance: Acceptance,
    booking: Booking,
    zone: str,
    confirm: Callable[[Accepted], Message],
) -> Accepted:
    row = store_proposals.locked_row(session, proposal)
    accepted_state(ProposalState(row.state), row.valid_until, acceptance.at, zone)
    if acceptance.pdf_sha256 != row.pdf_sha256:
        raise AnotherDocument(f"what was accepted is not the PDF that was sent as {row.number}: its hash differs")
    why = f"accepted by {acceptance.by} ({acceptance.how})"
    store_proposals.change(session, row, ProposalState.ACCEPTED, acceptance.recorded_by, acceptance.recorded_at, why)
    window, note = _booked(session, row, booking, acceptance)
    anchor = weekday_until(window.window.day, booking.weekday) if window else None
    agree(session, row.client, row.id, local_day(acceptance.at, zone), anchor, booking.retainer_hours)
    session.add(_row(proposal, acceptance, window, note))
    session.flush()
    done = Accepted(store_proposals.record(row), acceptance, window, note)
    message_once(session, confirm(done), acceptance.recorded_at)
    return done


def accepted(session: Session, proposal: str) -> Accepted | None:
    record = store_proposals.proposal(session, proposal)
    row = session.scalars(select(AcceptanceRow).where(AcceptanceRow.proposal == proposal)).one_or_none()
    if row is None:
        return None
    acceptance = Acceptance(
        row.by, row.at, row.how, row.evidence, row.evidence_sha256, row.pdf_sha256, row.recorded_by, row.recorded_at
    )
    return Accepted(record, acceptance, booked_as(session, row.window) if row.window else None, row.window_note)


def _booked(
    session: Session, row: ProposalRow, booking: Booking, acceptance: Acceptance
) -> tuple[BookedWindow | None, str]:
    """A day without room must not cost the client's yes: the reason is kept in its place."""
    change = Change(acceptance.recorded_by, acceptance.recorded_at, f"accepted by {acceptance.by}")
    try:
        return book_first(session, row.client, row.id, booking, change), ""
    except NoFreeWindow as none:
        return None, str(none)


def _row(proposal: str, acceptance: Acceptance, window: BookedWindow | None, note: str) -> AcceptanceRow:
    return AcceptanceRow(
        proposal=proposal,
        by=acceptance.by,
        at=acceptance.at,
        how=acceptance.how,
        evidence=acceptance.evidence,
        evidence_sha256=acceptance.evidence_sha256,
        pdf_sha256=acceptance.pdf_sha256,
        recorded_by=acceptance.recorded_by,
        recorded_at=acceptance.recorded_at,
        window=window.id if window else None,
        window_note=note,
    )
