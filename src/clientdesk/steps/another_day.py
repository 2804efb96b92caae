"""A window moved to a day, or booked on one; where the day will not do, the days that would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clientdesk.domain.capacity import Room, room_of, staffing_of
from clientdesk.domain.rescheduling import NoWindowDay
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps import window_changes
from clientdesk.steps.booking_summary import in_a_line
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import agreement_named
from clientdesk.steps.window_changes import DayTaken, days_instead


@dataclass(frozen=True, slots=True)
class Tried:
    """How it stands after the change; `said` "": the day will not do, for `problem`, and `days` would."""

    said: str
    problem: str = ""
    days: tuple[date, ...] = ()


def try_to_move(desk: Desk, window: str, to: date, by: str, why: str) -> Tried:
    """Raises a `Refusal` where no other day would help."""
    record = desk.windows.window(window)
    room = Room(record.hours, staffing_of(desk.agency))
    return _tried(desk, record.client, room, to, lambda: window_changes.reschedule(desk, record, to, by, why))


def try_to_book(desk: Desk, client: str, on: date, by: str, why: str) -> Tried:
    """One more window for the client of this id."""
    agreement = agreement_named(desk.windows, client)
    room = room_of(desk.agency)
    return _tried(desk, client, room, on, lambda: window_changes.book_extra(desk, agreement, on, by, why))


def _tried(desk: Desk, client: str, room: Room, day: date, change: Callable[[], WindowRecord]) -> Tried:
    try:
        return Tried(in_a_line(desk, change()))
    except DayTaken as taken:
        return Tried("", str(taken), taken.instead)
    except NoWindowDay as closed:
        return Tried("", str(closed), days_instead(desk, client, max(day, desk.today()), room))
