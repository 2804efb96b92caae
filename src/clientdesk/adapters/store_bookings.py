"""Windows booked on an agreement, moved, skipped, started and closed, each with its mails in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_agreements import agreement_row, end_on
from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_messages import message_once
from clientdesk.adapters.store_room import days_of, first_with_room, lock_days, no_room
from clientdesk.adapters.store_tables import AgreementRow, WindowMoveRow, WindowRow
from clientdesk.adapters.store_windows import FIRST, added, locked_window, record, settle, window_row
from clientdesk.domain.capacity import Room, Staffing
from clientdesk.domain.maintenance import Window
from clientdesk.domain.windows import Due, WindowState
from clientdesk.ports.records import NoFreeWindow
from clientdesk.ports.windows import BookedDue, Change, Mails, WindowMove, WindowRecord

_S = WindowState
_BY_THE_CLOCK = "clientdesk"
_PASSED = "its days had passed before it could be booked"


def windows(
    session: Session, since: date | None, until: date | None, client: str | None, states: Collection[WindowState]
) -> tuple[WindowRecord, ...]:
    rows = select(WindowRow).order_by(WindowRow.starts_at, WindowRow.entry)
    if since is not None:
        rows = rows.where(WindowRow.day >= since)
    if until is not None:
        rows = rows.where(WindowRow.day <= until)
    if client is not None:
        rows = rows.where(WindowRow.client == client)
    if states:
        rows = rows.where(WindowRow.state.in_([state.value for state in states]))
    return tuple(record(row) for row in session.scalars(rows))


def slots(session: Session) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    rows = session.execute(select(WindowRow.proposal, WindowRow.slot).where(WindowRow.slot.is_not(None)))
    for proposal, slot in rows:
        found.setdefault(proposal, set()).add(slot)
    return {proposal: frozenset(those) for proposal, those in found.items()}


def next_after(session: Session, window: str) -> WindowRecord | None:
    row = window_row(session, window)
    found = session.scalars(
        select(WindowRow)
        .where(WindowRow.client == row.client, WindowRow.state == _S.BOOKED, WindowRow.starts_at > row.starts_at)
        .order_by(WindowRow.starts_at, WindowRow.entry)
        .limit(1)
    ).one_or_none()
    return record(found) if found else None


def moves_of(session: Session, window: str) -> tuple[WindowMove, ...]:
    window_row(session, window)
    rows = session.scalars(select(WindowMoveRow).where(WindowMoveRow.window == window).order_by(WindowMoveRow.entry))
    return tuple(WindowMove(_S(row.before), _S(row.after), row.was, row.day, row.by, row.at, row.why) for row in rows)


def book_due(
    session: Session, proposal: str, due: Sequence[Due], room: Room, change: Change, mail: Mails | None
) -> BookedDue:
    agreement = _locked_agreement(session, proposal)
    there = set(session.scalars(select(WindowRow.slot).where(WindowRow.proposal == proposal)))
    booked, passed, without_room = [], [], []
    for each in due:
        if each.slot in there:
            continue
        row = _due_row(session, agreement, each, room, change)
        if row is None:
            without_room.append(each)
        elif row.state == _S.SKIPPED:
            passed.append(record(row))
        else:
            booked.append(_mailed(session, row, change.at, mail))
    return BookedDue(tuple(booked), tuple(passed), tuple(without_room))


def book(
    session: Session, proposal: str, wanted: Window, room: Room, change: Change, mail: Mails | None
) -> WindowRecord:
    agreement = _locked_agreement(session, proposal)
    known = session.scalars(
        select(WindowRow).where(
            WindowRow.proposal == proposal, WindowRow.day == wanted.day, WindowRow.state == _S.BOOKED
        )
    ).one_or_none()
    if known is not None:
        return record(known)
    row = _extra_row(session, agreement.client, wanted, room, change.at)
    row.proposal, row.slot = proposal, _unused(session, proposal, wanted.day)
    settle(session, row, _S.BOOKED, change)
    return _mailed(session, row, change.at, mail)


def reschedule(
    session: Session, window: str, to: Window, staffing: Staffing, change: Change, mail: Mails | None
) -> WindowRecord:
    row = locked_window(session, window)
    if row.state == _S.BOOKED and row.day == to.day:
        return record(row)
    lock_days(session)
    was, room = row.day, Room(record(row).hours, staffing)
    if to.day in days_of(session, row.client, but=row.id):
        raise NoFreeWindow(f"the client has another window on {to.day}")
    if first_with_room(session, (to,), room, change.at) is None:
        raise NoFreeWindow(no_room((to,)))
    row.day, row.starts_at, row.ends_at = to.day, to.starts_at.astimezone(UTC), to.ends_at.astimezone(UTC)
    row.sequence += 1
    settle(session, row, _S.BOOKED, change, was)
    return _mailed(session, row, change.at, mail)


def call_off(session: Session, window: str, to: WindowState, change: Change, mail: Mails | None) -> WindowRecord:
    """Skip or cancel it: calendars are told with the next sequence."""
    row = locked_window(session, window)
    if row.state == to:
        return record(row)
    settle(session, row, to, change)
    row.sequence += 1
    session.flush()
    return _mailed(session, row, change.at, mail)


def end(session: Session, proposal: str, on: date, change: Change, mail: Mails | None) -> tuple[WindowRecord, ...]:
    end_on(_locked_agreement(session, proposal), on, change)
    later = session.scalars(
        select(WindowRow.id)
        .where(WindowRow.proposal == proposal, WindowRow.state == _S.BOOKED, WindowRow.day > on)
        .order_by(WindowRow.starts_at)
    ).all()
    return tuple(call_off(session, window, _S.CANCELLED, change, mail) for window in later)


def start(session: Session, window: str, at: datetime) -> WindowRecord:
    return _advanced(session, window, _S.STARTED, {_S.STARTED, _S.CLOSED}, at)


def close(session: Session, window: str, at: datetime) -> WindowRecord:
    return _advanced(session, window, _S.CLOSED, {_S.CLOSED}, at)


def due_to_start(session: Session, now: datetime) -> tuple[WindowRecord, ...]:
    rows = select(WindowRow).where(WindowRow.state == _S.BOOKED, WindowRow.starts_at <= now)
    return tuple(record(row) for row in session.scalars(rows.order_by(WindowRow.starts_at, WindowRow.entry)))


def due_to_close(session: Session, now: datetime) -> tuple[WindowRecord, ...]:
    rows = select(WindowRow).where(WindowRow.state == _S.STARTED, WindowRow.ends_at <= now)
    return tuple(record(row) for row in session.scalars(rows.order_by(WindowRow.ends_at, WindowRow.entry)))


def _locked_agreement(session: Session, proposal: str) -> AgreementRow:
    """The client is locked first, then all bookings: as at acceptance, so that none waits crosswise."""
    agreement = agreement_row(session, proposal)
    locked_client(session, agreement.client)
    lock_days(session)
    return agreement


def _due_row(session: Session, agreement: AgreementRow, due: Due, room: Room, change: Change) -> WindowRow | None:
    """The window booked, the one passed over, or None where no day has room."""
    if due.has_passed:
        row = added(session, agreement.client, due.candidates[0], room.minutes, change.at)
        to, change = _S.SKIPPED, Change(change.by, change.at, _PASSED)
    else:
        others = days_of(session, agreement.client)
        candidates = [each for each in due.candidates if each.day not in others]
        found = first_with_room(session, candidates, room, change.at)
        if found is None:
            return None
        row, to = added(session, agreement.client, found, room.minutes, change.at), _S.BOOKED
    row.proposal, row.slot, row.nominal = agreement.proposal, due.slot, due.nominal_for(row.day)
    if due.slot == FIRST:
        agreement.anchor = row.nominal
    settle(session, row, to, change)
    return row


def _extra_row(session: Session, client: str, wanted: Window, room: Room, now: datetime) -> WindowRow:
    if wanted.day in days_of(session, client):
        raise NoFreeWindow(f"the client has another window on {wanted.day}")
    if first_with_room(session, (wanted,), room, now) is None:
        raise NoFreeWindow(no_room((wanted,)))
    return added(session, client, wanted, room.minutes, now)


def _unused(session: Session, proposal: str, wanted: date) -> str:
    """A slot for one beside those that fall due; a day that was called off can be booked once more."""
    there = set(session.scalars(select(WindowRow.slot).where(WindowRow.proposal == proposal)))
    names = (f"+{wanted}" if not again else f"+{wanted}.{again}" for again in count())
    return next(name for name in names if name not in there)


def _advanced(
    session: Session, window: str, to: WindowState, already: Collection[WindowState], at: datetime
) -> WindowRecord:
    row = locked_window(session, window)
    if row.state not in already:
        settle(session, row, to, Change(_BY_THE_CLOCK, at))
    return record(row)


def _mailed(session: Session, row: WindowRow, at: datetime, mail: Mails | None) -> WindowRecord:
    done = record(row)
    for message in mail(done) if mail else ():
        message_once(session, message, at)
    return done
