"""A window moved to a day, or booked on one; where the day will not do, the days that would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clientdesk.documents.client_text import printable
from clientdesk.domain.capacity import Room, room_of, staffing_of
from clientdesk.domain.rescheduling import NoWindowDay
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps import window_changes
from clientdesk.steps.booking_summary import in_a_line, in_words
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import agreement_named
from clientdesk.steps.window_changes import DayTaken, days_instead


@dataclass(frozen=True, slots=True)
class Tried:
    """How it stands after the change; `said` "": the day will not do, for `problem`, and `days` would.

    `question` is the problem for whoever chooses from the days, with the client and the window that it is about.
    """

    said: str
    problem: str = ""
    days: tuple[date, ...] = ()
    question: str = ""


def try_to_move(desk: Desk, window: str, to: date, by: str, why: str) -> Tried:
    """Raises a `Refusal` where no other day would help."""
    record = desk.windows.window(window)
    room = Room(record.hours, staffing_of(desk.agency))
    what = f"the window of {in_words(desk, record.window.day)} stays as it is until you choose"
    return _tried(desk, record.client, what, room, to, lambda: window_changes.reschedule(desk, record, to, by, why))


def try_to_book(desk: Desk, client: str, on: date, by: str, why: str) -> Tried:
    """One more window for the client of this id."""
    agreement = agreement_named(desk.windows, client)
    room = room_of(desk.agency)
    what = "one more window is not booked yet"
    return _tried(desk, client, what, room, on, lambda: window_changes.book_extra(desk, agreement, on, by, why))


def _tried(desk: Desk, client: str, what: str, room: Room, day: date, change: Callable[[], WindowRecord]) -> Tried:
    try:
        return Tried(in_a_line(desk, change()))
    except DayTaken as taken:
        return Tried("", str(taken), taken.instead, _asked(desk, client, what, day, taken.why))
    except NoWindowDay as closed:
        days = days_instead(desk, client, max(day, desk.today()), room)
        return Tried("", str(closed), days, _asked(desk, client, what, day, str(closed)))


def _asked(desk: Desk, client: str, what: str, day: date, why: str) -> str:
    """Refusals write days as the command does."""
    company = printable(desk.store.client(client).company, 60)
    return f"{company}: {why.replace(day.isoformat(), in_words(desk, day))}; {what}"
