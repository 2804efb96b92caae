"""A calendar of holidays with a set in it, and the office that the tests reckon with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from clientdesk.domain.agency import OfficeHours
from clientdesk.domain.office_hours import OfficeCalendar

BERLIN = OfficeHours("Europe/Berlin", time(9), time(17), frozenset(range(5)), "DE", "BE")

# Berlin, from Easter 2026 to Epiphany 2027.
HOLIDAYS = frozenset(
    {
        date(2026, 1, 1),
        date(2026, 3, 8),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 10, 3),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
    }
)


class FakeHolidays:
    """Holidays by name of day: the port's fake."""

    def __init__(self, days: Iterable[date] = HOLIDAYS) -> None:
        self.days = frozenset(days)

    def is_holiday(self, day: date) -> bool:
        return day in self.days


def berlin(days: Iterable[date] = HOLIDAYS) -> OfficeCalendar:
    return OfficeCalendar(BERLIN, FakeHolidays(days).is_holiday)
