"""Until when a window can be moved, and which days to offer instead of one that is full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import islice

from clientdesk.domain.agency import WindowRules
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.domain.refusal import Refusal

_ALTERNATIVES = 3
_DAY = timedelta(days=1)


class TooLateToMove(Refusal):
    """The day is too near."""


class NoWindowDay(Refusal):
    """The day asked for is none on which a window can be."""


def movable_until(day: date, rules: WindowRules, calendar: OfficeCalendar) -> date:
    """The last day on which the window of `day` can be moved."""
    return calendar.add_business_days(day, -rules.reschedule_days)


def must_be_movable(day: date, today: date, rules: WindowRules, calendar: OfficeCalendar) -> None:
    """Raises `TooLateToMove`, saying until when it was possible."""
    last = movable_until(day, rules, calendar)
    if today > last:
        raise TooLateToMove(
            f"the window of {day} could be moved until {last} ({rules.reschedule_days} business days before it): "
            "it can still be skipped"
        )


def must_be_window_day(day: date, today: date, calendar: OfficeCalendar) -> None:
    """Raises `NoWindowDay` for a day that has passed or on which the office is closed."""
    if day <= today:
        raise NoWindowDay(f"{day} is not to come: a window needs a day after today")
    if not calendar.is_working_day(day):
        name = calendar.holiday_name(day)
        raise NoWindowDay(f"the office is closed on {day}{f' ({name})' if name else ''}")


def alternatives(wanted: date, span: Iterable[date], has_room: Callable[[date], bool]) -> tuple[date, ...]:
    """The three days with room that are nearest to the one wanted, soonest first."""
    nearest = sorted(span, key=lambda day: (abs(day - wanted), day))
    return tuple(sorted(islice((day for day in nearest if day != wanted and has_room(day)), _ALTERNATIVES)))


def span_around(wanted: date, today: date, calendar: OfficeCalendar, days: int = 30) -> tuple[date, ...]:
    """The working days from tomorrow on, as far from the wanted one as `days` on either side."""
    around = (wanted + _DAY * each for each in range(-days, days + 1))
    return tuple(day for day in around if day > today and calendar.is_working_day(day))
