"""Maintenance windows: the check for room and the hold are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked_counter
from clientdesk.adapters.store_tables import WindowRow, new_id
from clientdesk.domain.maintenance import Window
from clientdesk.ports.records import BookedWindow, Booking, HeldWindow, NoFreeWindow

_HELD, _BOOKED = "held", "booked"
_BOOKINGS = "window bookings"


def hold_window(
    session: Session,
    client: str,
    candidates: Sequence[Window],
    hours: float,
    capacity: float,
    until: datetime,
    now: datetime,
) -> HeldWindow:
    """All bookings pass one locked row: room that was counted is still there when it is taken."""
    locked_client(session, client)
    locked_counter(session, _BOOKINGS).value += 1
    live = _live_hold(session, client, now)
    if live is not None:
        return _record(live)
    minutes, taken = _minutes(hours), _taken(session, [candidate.day for candidate in candidates], now)
    for candidate in candidates:
        if taken.get(candidate.day, 0) + minutes <= _minutes(capacity):
            return _record(_held(session, client, candidate, minutes, until))
    raise NoFreeWindow(_no_room(candidates))


def offered_in(session: Session, client: str, window: Window, proposal: str) -> None:
    """Write the proposal that offers the client's held window on it; one held for an earlier proposal follows."""
    rows = session.scalars(
        select(WindowRow).where(
            WindowRow.client == client, WindowRow.state == _HELD, WindowRow.starts_at == window.starts_at
        )
    )
    for row in rows:
        row.proposal = proposal


def give_back(session: Session, proposal: str, now: datetime) -> None:
    """End the live hold of the window that a proposal offers."""
    rows = session.scalars(
        select(WindowRow).where(WindowRow.proposal == proposal, WindowRow.state == _HELD, WindowRow.held_until > now)
    )
    for row in rows:
        row.held_until = now


def book(session: Session, client: str, proposal: str, booking: Booking, now: datetime) -> BookedWindow:
    """Book the offered window while its hold lives, else the first candidate with room; other holds of the client end.

    The client is locked already. Raises `NoFreeWindow`.
    """
    locked_counter(session, _BOOKINGS).value += 1
    held = [row for row in _holds_of(session, client) if row.held_until > now]
    offered = next((row for row in held if row.starts_at == booking.offered.starts_at), None)
    for row in held:
        row.held_until = now
    session.flush()
    row = offered or _first_with_room(session, client, booking, now)
    row.state, row.proposal = _BOOKED, proposal
    session.flush()
    return _booked(row)


def booked_as(session: Session, window: str) -> BookedWindow:
    return _booked(session.scalars(select(WindowRow).where(WindowRow.id == window)).one())


def _booked(row: WindowRow) -> BookedWindow:
    return BookedWindow(row.id, row.client, row.proposal or "", Window(row.day, row.starts_at, row.ends_at))


def _holds_of(session: Session, client: str) -> Sequence[WindowRow]:
    """Newest first, those that have run out among them."""
    return session.scalars(
        select(WindowRow).where(WindowRow.client == client, WindowRow.state == _HELD).order_by(WindowRow.entry.desc())
    ).all()


def _first_with_room(session: Session, client: str, booking: Booking, now: datetime) -> WindowRow:
    minutes, taken = _minutes(booking.hours), _taken(session, [each.day for each in booking.candidates], now)
    for candidate in booking.candidates:
        if taken.get(candidate.day, 0) + minutes <= _minutes(booking.capacity):
            return _held(session, client, candidate, minutes, now)
    raise NoFreeWindow(_no_room(booking.candidates))


def _live_hold(session: Session, client: str, now: datetime) -> WindowRow | None:
    return session.scalars(
        select(WindowRow)
        .where(WindowRow.client == client, WindowRow.state == _HELD, WindowRow.held_until > now)
        .order_by(WindowRow.entry.desc())
        .limit(1)
    ).one_or_none()


def _taken(session: Session, days: Sequence[date], now: datetime) -> dict[date, int]:
    """Minutes taken by day, asked once for all of them; a free day is not in it."""
    minutes = (
        select(WindowRow.day, func.sum(WindowRow.minutes).label("minutes"))
        .where(WindowRow.day.in_(days), _takes_room(now))
        .group_by(WindowRow.day)
    )
    return {row.day: row.minutes for row in session.execute(minutes)}


def _takes_room(now: datetime) -> ColumnElement[bool]:
    return or_(WindowRow.state == _BOOKED, and_(WindowRow.state == _HELD, WindowRow.held_until > now))


def _held(session: Session, client: str, window: Window, minutes: int, until: datetime) -> WindowRow:
    row = WindowRow(
        id=new_id(),
        client=client,
        state=_HELD,
        day=window.day,
        starts_at=window.starts_at.astimezone(UTC),
        ends_at=window.ends_at.astimezone(UTC),
        minutes=minutes,
        held_until=until.astimezone(UTC),
    )
    session.add(row)
    session.flush()
    return row


def _minutes(hours: float) -> int:
    return round(hours * 60)


def _no_room(candidates: Sequence[Window]) -> str:
    if not candidates:
        return "no day was proposed for the maintenance window"
    first, last = min(c.day for c in candidates), max(c.day for c in candidates)
    return (
        f"none of the {len(candidates)} days proposed from {first} to {last} has room for the maintenance window: "
        "propose later days, or raise the capacity in agency.toml"
    )


def _record(row: WindowRow) -> HeldWindow:
    window = Window(row.day, row.starts_at, row.ends_at)
    return HeldWindow(row.id, row.client, row.proposal or "", window, row.held_until)
