"""Which windows of an agreement fall due within a horizon, and on which days each may be booked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile

from clientdesk.domain.agency import WindowRules
from clientdesk.domain.maintenance import Window, first_candidates, window_on
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.domain.recurrence import slot_name, slots
from clientdesk.domain.windows import Due

_DAY = timedelta(days=1)
_CANDIDATES = 20  # four weeks of working days: beyond that it would be another window
_FIRST_CANDIDATES = 26  # half a year of Tuesdays
_AFTER = timedelta(weeks=8)  # the days that a window at the horizon may move to
_MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agreement promises: windows from its anchor on (None: none is booked yet), up to its last day."""

    anchor: date | None
    per_period: int
    ends_on: date | None = None


class WorkingDays:
    """The working days up to past the horizon, each with its window: worked out once for all agreements.

    They begin with the first day whose window the client can still have moved.
    """

    def __init__(self, today: date, until: date, rules: WindowRules, calendar: OfficeCalendar) -> None:
        self.today, self.until, self.rules, self.calendar = today, until, rules, calendar
        self.since = calendar.add_business_days(today, rules.reschedule_days)
        span = range((until + _AFTER - self.since).days + 1)
        days = (self.since + _DAY * each for each in span)
        self._windows = tuple(window_on(day, calendar) for day in days if calendar.is_working_day(day))
        self._days = [window.day for window in self._windows]

    def between(self, first: date, before: date) -> tuple[Window, ...]:
        """The windows that a day's own may move to, soonest first."""
        start, end = bisect_left(self._days, first), bisect_left(self._days, before)
        return self._windows[start : min(end, start + _CANDIDATES)]


def last_of_next_quarter(today: date) -> date:
    """Windows are booked up to here: clients know theirs for three to six months."""
    month = (today.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 2 * _MONTHS_OF_QUARTER
    return date(today.year + month // 12, month % 12 + 1, 1) - _DAY


def falling_due(promise: Promise, booked: Collection[str], days: WorkingDays) -> tuple[Due, ...]:
    """The windows due until the horizon that are not booked, soonest first.

    Each may move to a later working day, but never as far as the next one's day, nor past the agreement's end. One
    that can't take place any more, as the next is due, has passed.
    """
    if promise.anchor is None:
        return _first(promise, days)
    every = slots(promise.anchor, days.rules.months_apart, promise.per_period)
    last = min(days.until, promise.ends_on or days.until)
    due = takewhile(lambda two: two[0][1] <= last, pairwise(every))
    return tuple(
        _due(slot, nominal, following, promise, days) for (slot, nominal), (_, following) in due if slot not in booked
    )


def _first(promise: Promise, days: WorkingDays) -> tuple[Due, ...]:
    """As at acceptance: the agency's weekday, with notice from today."""
    found = first_candidates(days.today, days.rules, days.calendar, _FIRST_CANDIDATES)
    in_time = tuple(each for each in found if promise.ends_on is None or each.day <= promise.ends_on)
    return (Due(slot_name(0), None, in_time, days.rules.weekday),) if in_time else ()


def _due(slot: str, nominal: date, following: date, promise: Promise, days: WorkingDays) -> Due:
    before = min(following, promise.ends_on + _DAY) if promise.ends_on else following
    candidates = days.between(max(nominal, days.since), before)
    if candidates:
        return Due(slot, nominal, candidates)
    passed = window_on(days.calendar.working_day_from(nominal), days.calendar)
    return Due(slot, nominal, (passed,), has_passed=True)
