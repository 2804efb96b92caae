"""Maintenance windows held and booked at acceptance: the check for room and the hold are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked
from clientdesk.adapters.store_room import days_of, first_with_room, lock_days, no_room
from clientdesk.adapters.store_tables import WindowMoveRow, WindowRow, new_id
from clientdesk.domain.capacity import Room
from clientdesk.domain.maintenance import Window
from clientdesk.domain.recurrence import slot_name
from clientdesk.domain.windows import WindowState, moved, weekday_until
from clientdesk.ports.records import BookedWindow, Booking, HeldWindow, NoFreeWindow, UnknownRecord
from clientdesk.ports.windows import Change, WindowRecord

FIRST = slot_name(0)


def hold_window(
    session: Session, client: str, candidates: Sequence[Window], room: Room, until: datetime, now: datetime
) -> HeldWindow:
    locked_client(session, client)
    lock_days(session)
    live = _live_hold(session, client, now)
    if live is not None:
        return _held(live)
    found = first_with_room(session, candidates, room, now)
    if found is None:
        raise NoFreeWindow(no_room(candidates))
    return _held(added(session, client, found, room.minutes, until))


def offered_in(session: Session, client: str, window: Window, proposal: str) -> None:
    """Write the proposal that offers the client's held window on it; one held for an earlier proposal follows."""
    rows = session.scalars(
        select(WindowRow).where(
            WindowRow.client == client, WindowRow.state == WindowState.HELD, WindowRow.starts_at == window.starts_at
        )
    )
    for row in rows:
        row.proposal = proposal


def give_back(session: Session, proposal: str, now: datetime) -> None:
    """End the live hold of the window that a proposal offers."""
    rows = session.scalars(
        select(WindowRow).where(
            WindowRow.proposal == proposal, WindowRow.state == WindowState.HELD, WindowRow.held_until > now
        )
    )
    for row in rows:
        row.held_until = now


def book_first(session: Session, client: str, proposal: str, booking: Booking, change: Change) -> BookedWindow:
    """Book the offered window while its hold lives, else the first candidate with room; other holds of the client end.

    The client is locked already. Raises `NoFreeWindow`.
    """
    lock_days(session)
    held = [row for row in _holds_of(session, client) if row.held_until > change.at]
    offered = next((row for row in held if row.starts_at == booking.offered.starts_at), None)
    for row in held:
        row.held_until = change.at
    session.flush()
    row = offered or _first_of(session, client, booking, change.at)
    row.slot, row.nominal, row.proposal = FIRST, weekday_until(row.day, booking.weekday), proposal
    settle(session, row, WindowState.BOOKED, change)
    return booked_as(session, row.id)


def booked_as(session: Session, window: str) -> BookedWindow:
    row = window_row(session, window)
    return BookedWindow(row.id, row.client, row.proposal or "", Window(row.day, row.starts_at, row.ends_at), row.uid)


def window_row(session: Session, window: str) -> WindowRow:
    row = session.scalars(select(WindowRow).where(WindowRow.id == window)).one_or_none()
    if row is None:
        raise UnknownRecord(f"there is no window {window!r}")
    return row


def locked_window(session: Session, window: str) -> WindowRow:
    """The client first, always, as for proposals."""
    locked_client(session, window_row(session, window).client)
    row = locked(session, WindowRow, WindowRow.id == window)
    assert row is not None  # noqa: S101  # windows are never deleted
    return row


def added(session: Session, client: str, window: Window, minutes: int, until: datetime) -> WindowRow:
    """A window held; its nominal day is written when it is booked."""
    new = new_id()
    row = WindowRow(
        id=new,
        client=client,
        state=WindowState.HELD.value,
        day=window.day,
        starts_at=window.starts_at.astimezone(UTC),
        ends_at=window.ends_at.astimezone(UTC),
        minutes=minutes,
        held_until=until.astimezone(UTC),
        uid=new,
        sequence=0,
        nominal=window.day,
    )
    session.add(row)
    session.flush()
    return row


def settle(session: Session, row: WindowRow, to: WindowState, change: Change, was: date | None = None) -> None:
    """Give it the state, and keep who, when and why; `was` is its day before, where it had another."""
    before = WindowState(row.state)
    row.state = moved(before, to).value
    session.add(
        WindowMoveRow(
            window=row.id,
            before=before.value,
            after=to.value,
            was=None if before is WindowState.HELD else was or row.day,
            day=row.day,
            by=change.by,
            at=change.at,
            why=change.why,
        )
    )
    session.flush()


def record(row: WindowRow) -> WindowRecord:
    return WindowRecord(
        row.id,
        row.client,
        row.proposal or "",
        Window(row.day, row.starts_at, row.ends_at),
        Decimal(row.minutes) / 60,
        WindowState(row.state),
        row.uid,
        row.sequence,
        row.slot or "",
        row.nominal,
        row.held_until if row.state == WindowState.HELD else None,
    )


def _holds_of(session: Session, client: str) -> Sequence[WindowRow]:
    """Newest first, those that have run out among them."""
    return session.scalars(
        select(WindowRow)
        .where(WindowRow.client == client, WindowRow.state == WindowState.HELD)
        .order_by(WindowRow.entry.desc())
    ).all()


def _first_of(session: Session, client: str, booking: Booking, now: datetime) -> WindowRow:
    others = days_of(session, client)
    candidates = [each for each in booking.candidates if each.day not in others]
    found = first_with_room(session, candidates, booking.room, now)
    if found is None:
        raise NoFreeWindow(no_room(booking.candidates))
    return added(session, client, found, booking.room.minutes, now)


def _live_hold(session: Session, client: str, now: datetime) -> WindowRow | None:
    return next((row for row in _holds_of(session, client) if row.held_until > now), None)


def _held(row: WindowRow) -> HeldWindow:
    window = Window(row.day, row.starts_at, row.ends_at)
    return HeldWindow(row.id, row.client, row.proposal or "", window, row.held_until)
