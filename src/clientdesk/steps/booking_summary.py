"""What booking came to, for whoever reads the run: a sentence, and a row for each window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.markdown import table, text
from clientdesk.domain.windows import Due
from clientdesk.ports.windows import WindowMove, WindowRecord
from clientdesk.steps.booking import ClientBooking
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import TEAM

HEADER = ("Client", "Proposal", "Window", "Day", "Note")
_WIDEST = 60


def booking_rows(desk: Desk, bookings: Sequence[ClientBooking]) -> list[tuple[str, ...]]:
    """As `HEADER` names them, client by client; a window that was moved says from where and why."""
    return [row for booking in bookings for row in _rows(desk, booking)]


def booking_markdown(desk: Desk, bookings: Sequence[ClientBooking]) -> str:
    """The rows for the run's page; "" where there is none."""
    rows = [[text(cell, 300) for cell in row] for row in booking_rows(desk, bookings)]
    return table(HEADER, rows) if rows else ""


def in_a_sentence(bookings: Sequence[ClientBooking]) -> str:
    booked = sum(len(each.done.booked) for each in bookings)
    passed = sum(len(each.done.passed) for each in bookings)
    full = sum(len(each.done.without_room) for each in bookings)
    failed = sum(bool(each.problem) for each in bookings)
    clients = sum(bool(each.done.booked) for each in bookings)
    said = [f"{_counted(booked, 'window')} booked for {_counted(clients, 'client')}"]
    said += [f"{passed} passed over, as their days are gone"] if passed else []
    said += [f"{full} found no free day"] if full else []
    said += [f"{_counted(failed, 'client')} could not be booked"] if failed else []
    return f"{', '.join(said)}." if any((booked, passed, full, failed)) else "Nothing was due."


def in_a_line(desk: Desk, record: WindowRecord) -> str:
    """The client, the day and the state, for whoever has just changed it."""
    company = printable(desk.store.client(record.client).company, _WIDEST)
    return f"{company}: {in_words(desk, record.window.day)}, {record.state.value}"


def moved_because(desk: Desk, record: WindowRecord) -> str:
    """From which day a window was moved when it was booked, and why; "" where it was not."""
    moves = desk.windows.moves_of(record.id)  # none where it was booked before moves were kept
    if not moves or moves[0].day == record.nominal:
        return ""
    return f"moved from {in_words(desk, record.nominal)}: {_why(desk, record.nominal, moves[0])}"


def _why(desk: Desk, nominal: date, booked: WindowMove) -> str:
    first = desk.calendar.working_day_from(nominal)
    on = desk.calendar.local(booked.at).date()
    if booked.day == first:
        return desk.calendar.holiday_name(nominal) or "the office is closed"
    too_near = first < desk.calendar.add_business_days(on, desk.agency.windows.reschedule_days)
    return "that was too near" if too_near else "no room"


def _rows(desk: Desk, booking: ClientBooking) -> Iterator[tuple[str, ...]]:
    client = (printable(booking.agreement.company, _WIDEST), booking.agreement.number)
    if booking.problem:
        yield *client, "", "", f"not booked: {printable(booking.problem, 200)}"
    for record in booking.done.passed:
        yield *client, record.slot, in_words(desk, record.nominal), "passed over: its days are gone"
    for record in booking.done.booked:
        yield *client, record.slot, in_words(desk, record.window.day), moved_because(desk, record)
    for due in booking.done.without_room:
        yield *client, due.slot, _wanted(desk, due), "no free day: make room, or book one with `clientdesk window book`"


def _wanted(desk: Desk, due: Due) -> str:
    return f"from {in_words(desk, due.candidates[0].day)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def in_words(desk: Desk, day: date) -> str:
    """`Tuesday 7 April 2026`."""
    return Figures(TEAM, desk.agency.office_hours.zone).weekday_and_date(day)
