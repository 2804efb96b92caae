"""A person changes a window: moves it, skips it, cancels it, books one more, or ends the agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clientdesk.domain.capacity import Room, room_of, staffing_of
from clientdesk.domain.maintenance import window_on
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.rescheduling import alternatives, must_be_movable, must_be_window_day, span_around
from clientdesk.domain.windows import TAKES_ROOM, WindowState, moved
from clientdesk.ports.records import NoFreeWindow
from clientdesk.ports.windows import Agreement, Change, WindowRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.inviting import invitations

Where = Callable[[date], bool]


class Unexplained(Refusal):
    """A change without who or why."""


class DayTaken(NoFreeWindow):
    """The day asked for has no room; `instead` are days that have."""

    def __init__(self, wanted: date, why: str, instead: tuple[date, ...]) -> None:
        offered = ", ".join(f"{day:%a} {day}" for day in instead) or "none within a month of it"
        super().__init__(f"{why}; days with room: {offered}")
        self.wanted, self.why, self.instead = wanted, why, instead


def reschedule(desk: Desk, record: WindowRecord, to: date, by: str, why: str) -> WindowRecord:
    """Move it, unless it is too near or the day has no room; then three other days are named."""
    today, rules = desk.today(), desk.agency.windows
    moved(record.state, WindowState.BOOKED)
    if to == record.window.day:
        return record
    must_be_movable(record.window.day, today, rules, desk.calendar)
    must_be_window_day(to, today, desk.calendar)
    change = _change(desk, by, why)
    try:
        staffing = staffing_of(desk.agency)
        return desk.windows.reschedule(record.id, window_on(to, desk.calendar), staffing, change, invitations(desk))
    except NoFreeWindow as none:
        instead = days_instead(desk, record.client, to, Room(record.hours, staffing_of(desk.agency)))
        raise DayTaken(to, str(none), instead) from none


def skip(desk: Desk, record: WindowRecord, by: str, why: str) -> WindowRecord:
    """This one will not take place; those after it stay where they are."""
    return desk.windows.skip(record.id, _change(desk, by, why), invitations(desk))


def cancel(desk: Desk, record: WindowRecord, by: str, why: str) -> WindowRecord:
    """Call it off for good, where it was booked in error or the agency can't keep it."""
    return desk.windows.cancel(record.id, _change(desk, by, why), invitations(desk))


def book_extra(desk: Desk, agreement: Agreement, on: date, by: str, why: str) -> WindowRecord:
    """Book one beside those that fall due; where the day has no room, three others are named."""
    must_be_window_day(on, desk.today(), desk.calendar)
    room, change = room_of(desk.agency), _change(desk, by, why)
    try:
        return desk.windows.book(agreement.proposal, window_on(on, desk.calendar), room, change, invitations(desk))
    except NoFreeWindow as none:
        raise DayTaken(on, str(none), days_instead(desk, agreement.client, on, room)) from none


def end(desk: Desk, agreement: Agreement, on: date, by: str, why: str) -> tuple[WindowRecord, ...]:
    """No window after `on`: what is booked later is cancelled and returned, and nothing more falls due."""
    return desk.windows.end(agreement.proposal, on, _change(desk, by, why), invitations(desk, goes_on=False))


def days_instead(desk: Desk, client: str, wanted: date, room: Room) -> tuple[date, ...]:
    """The three days with room for this client that are nearest to `wanted`."""
    span = span_around(wanted, desk.today(), desk.calendar)
    return alternatives(wanted, span, _has_room(desk, client, span, room)) if span else ()


def _change(desk: Desk, by: str, why: str) -> Change:
    if not by.strip() or not why.strip():
        raise Unexplained("a change of a window needs the name of who decides and the reason")
    return Change(by.strip(), desk.clock.now(), why.strip())


def _has_room(desk: Desk, client: str, span: tuple[date, ...], room: Room) -> Where:
    """By what is booked and who is away now; taking a day counts both anew."""
    taken = desk.windows.minutes_taken(span[0], span[-1], desk.clock.now())
    away = desk.windows.absences(span[0], span[-1])
    own = {each.window.day for each in desk.windows.windows(span[0], span[-1], client, TAKES_ROOM)}
    return lambda day: day not in own and taken.get(day, 0) + room.minutes <= room.staffing.minutes_on(day, away)
