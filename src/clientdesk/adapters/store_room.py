"""The room that days have for windows: counted under a lock, so that it is still there when it is taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_absences import absences
from clientdesk.adapters.store_engine import locked_counter
from clientdesk.adapters.store_tables import WindowRow
from clientdesk.domain.capacity import Room
from clientdesk.domain.maintenance import Window
from clientdesk.domain.windows import TAKES_ROOM, WindowState

_BOOKINGS = "window bookings"


def lock_days(session: Session) -> None:
    """All bookings pass one locked row: room that was counted is still there when it is taken."""
    locked_counter(session, _BOOKINGS).value += 1


def first_with_room(session: Session, candidates: Sequence[Window], room: Room, now: datetime) -> Window | None:
    """The first mostly has room: the others are asked for, all at once, where it has not."""
    for some in (candidates[:1], candidates[1:]):
        days = [candidate.day for candidate in some]
        taken = _taken(session, WindowRow.day.in_(days), now) if days else {}
        away = absences(session, min(days), max(days)) if days else ()
        for candidate in some:
            if taken.get(candidate.day, 0) + room.minutes <= room.staffing.minutes_on(candidate.day, away):
                return candidate
    return None


def minutes_taken(session: Session, since: date, until: date, now: datetime) -> dict[date, int]:
    return _taken(session, WindowRow.day.between(since, until), now)


def days_of(session: Session, client: str, but: str = "") -> Collection[date]:
    """The days on which a window of the client's takes place, but for the one named."""
    days = select(WindowRow.day).where(WindowRow.client == client, WindowRow.state.in_(TAKES_ROOM), WindowRow.id != but)
    return frozenset(session.scalars(days))


def no_room(candidates: Sequence[Window]) -> str:
    if not candidates:
        return "no day was proposed for the maintenance window"
    first, last = min(c.day for c in candidates), max(c.day for c in candidates)
    if first == last:
        return f"{first} has no room for the maintenance window"
    return (
        f"none of the {len(candidates)} days proposed from {first} to {last} has room for the maintenance window: "
        "propose later days, or raise the capacity in agency.toml"
    )


def _taken(session: Session, which: ColumnElement[bool], now: datetime) -> dict[date, int]:
    """Minutes taken by day, asked once for all of them; a free day is not in it."""
    minutes = (
        select(WindowRow.day, func.sum(WindowRow.minutes).label("minutes"))
        .where(which, _takes_room(now))
        .group_by(WindowRow.day)
    )
    return {row.day: int(row.minutes) for row in session.execute(minutes)}


def _takes_room(now: datetime) -> ColumnElement[bool]:
    is_held = and_(WindowRow.state == WindowState.HELD, WindowRow.held_until > now)
    return or_(WindowRow.state.in_(TAKES_ROOM), is_held)
