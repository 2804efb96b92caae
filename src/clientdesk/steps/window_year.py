"""The team's report on a year of windows, and the feed that calendars subscribe to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from clientdesk.documents.calendar_entries import CalendarEntry, entry_title, feed
from clientdesk.documents.window_year import YearOfWindows, YearWindow, window_year_view
from clientdesk.domain.capacity import staffing_of
from clientdesk.domain.windows import WindowState
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.inviting import calendar_entry, is_off

_SHOWN = frozenset(WindowState) - {WindowState.HELD}


def year_pdf(desk: Desk, year: int) -> bytes:
    """Printed as of today."""
    return desk.press.pdf("window-year", _view(desk, year), desk.clock.now())


def year_page(desk: Desk, year: int) -> bytes:
    """One page of HTML that needs nothing beside it."""
    return desk.press.html("window-year", _view(desk, year)).encode()


def window_feed(desk: Desk, client: str = "") -> bytes:
    """All windows, or one client's, as an .ics file; unchanged windows give the same bytes."""
    names = {each.id: each.company for each in desk.store.clients()}
    records = desk.windows.windows(client=client or None, states=_SHOWN)
    entries = [_entry(desk, record, names[record.client]) for record in records]
    title = f"{desk.agency.seller.name}: {names[client]}" if client else desk.agency.seller.name
    return feed(entries, title, desk.agency.office_hours.zone)


def _view(desk: Desk, year: int) -> dict[str, object]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    names = {each.id: each.company for each in desk.store.clients()}
    windows = tuple(
        YearWindow(names[each.client], each.window.day, each.hours, each.state)
        for each in desk.windows.windows(first, last, states=_SHOWN)
    )
    staffing, away = staffing_of(desk.agency), desk.windows.absences(first, last)
    days = (first + timedelta(days=place) for place in range((last - first).days + 1))
    capacity = {day: staffing.hours_on(day, away) for day in days if desk.calendar.is_working_day(day)}
    return window_year_view(YearOfWindows(year, windows, capacity, desk.today()), desk.agency)


def _entry(desk: Desk, record: WindowRecord, company: str) -> CalendarEntry:
    title = entry_title(desk.agency.proposals.locale, company, desk.agency.seller.name)
    changed_at = _changed_at(desk, record)
    return calendar_entry(
        desk.agency, title, record.uid, record.sequence, record.window, changed_at, is_off=is_off(record)
    )


def _changed_at(desk: Desk, record: WindowRecord) -> datetime:
    """When it was last booked, moved or called off; a window of before moves were kept has its own start."""
    moves = desk.windows.moves_of(record.id)
    return moves[-1].at.astimezone(UTC) if moves else record.window.starts_at
