"""The agency's calendar: what each day has for windows, what is booked on it, and who is away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from clientdesk.domain.capacity import Absence, Staffing, staffing_of
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk

_DAY = timedelta(days=1)
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the agency's. Hours are person-hours; `opens` None: the office is closed, and `note` may say why."""

    day: date
    opens: datetime | None
    closes: datetime | None
    note: str
    away: tuple[str, ...]
    capacity: Decimal
    taken: Decimal

    @property
    def is_overbooked(self) -> bool:
        return self.taken > self.capacity


def calendar_days(desk: Desk, since: date, until: date) -> tuple[CalendarDay, ...]:
    """From `since` to `until`, both included, weekends among them."""
    taken = desk.windows.minutes_taken(since, until, desk.clock.now())
    absences, staffing = desk.windows.absences(since, until), staffing_of(desk.agency)
    days = (since + _DAY * each for each in range((until - since).days + 1))
    return tuple(_day(desk, day, staffing, absences, taken.get(day, 0)) for day in days)


def add_absence(desk: Desk, absence: Absence) -> tuple[Absence, tuple[CalendarDay, ...]]:
    """Keep it, under the name as agency.toml writes it; and the days that have more booked now than hours."""
    named = replace(absence, person=staffing_of(desk.agency).person(absence.person).name)
    kept = desk.windows.add_absence(named)
    first = max(kept.first, desk.today())
    days = calendar_days(desk, first, kept.last) if first <= kept.last else ()
    return kept, tuple(day for day in days if day.is_overbooked)


def windows_on(desk: Desk, day: date) -> tuple[WindowRecord, ...]:
    return desk.windows.windows(day, day)


def _day(desk: Desk, day: date, staffing: Staffing, absences: tuple[Absence, ...], taken: int) -> CalendarDay:
    hours, calendar = desk.agency.office_hours, desk.calendar
    away = tuple(_said(absence) for absence in absences if absence.covers(day))
    booked = Decimal(taken) / _MINUTES
    if not calendar.is_working_day(day):
        note = calendar.holiday_name(day) or ("day off" if day in hours.days_off else "")
        return CalendarDay(day, None, None, note, away, Decimal(0), booked)
    opening = calendar.opening(day)
    note = "half day" if day in hours.half_days else ""
    return CalendarDay(day, opening.opens, opening.closes, note, away, staffing.hours_on(day, absences), booked)


def _said(absence: Absence) -> str:
    half = " (half)" if absence.is_half else ""
    return f"{absence.person}{half}"
