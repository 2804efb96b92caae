"""Maintenance windows: when the first one is, and all that follow from its anchor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from clientdesk.domain.agency import WindowRules
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.domain.recurrence import slots, weekday_from

_WEEK = timedelta(weeks=1)
_FOLLOWING = 3


@dataclass(frozen=True, slots=True)
class Window:
    """One day's maintenance window; instants are aware and in UTC."""

    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """The first window, held for the client until the end of `answer_by` (local day), and the ones to follow."""

    first: Window
    answer_by: date
    following: tuple[Window, ...]


def first_candidates(accepted: date, rules: WindowRules, calendar: OfficeCalendar, how_many: int) -> tuple[Window, ...]:
    """The days a first window may have, soonest first: the agency's weekday, holidays moved, each day once."""
    earliest = calendar.add_business_days(accepted, rules.notice_days)
    days = _working_days_of(_weekly(weekday_from(earliest, rules.weekday)), calendar)
    return tuple(window_on(day, calendar) for day in islice(days, how_many))


def following_windows(
    anchor: date, rules: WindowRules, calendar: OfficeCalendar, count: int, per_period: int = 1
) -> tuple[Window, ...]:
    """The windows after the anchor: its ordinal weekday every so many months, each holiday moved by itself.

    With more than one in each period, those in between too. All are counted from the anchor, so that none drifts. An
    anchor that a holiday moved counts as the day it was moved from: the agency's weekday on or before it.
    """
    nominal = weekday_from(anchor - _WEEK + timedelta(days=1), rules.weekday)
    days = islice(slots(nominal, rules.months_apart, per_period), 1, count + 1)
    return tuple(window_on(calendar.working_day_from(day), calendar) for _, day in days)


def answer_by(today: date, rules: WindowRules, calendar: OfficeCalendar) -> date:
    """The last day on which the client's answer keeps the window offered today."""
    return calendar.add_business_days(today, rules.answer_days)


def offered_candidates(today: date, rules: WindowRules, calendar: OfficeCalendar, how_many: int) -> tuple[Window, ...]:
    """The days to offer today: reckoned as if the answer came on its last day, so that no answer comes too late."""
    return first_candidates(answer_by(today, rules, calendar), rules, calendar, how_many)


def offer(today: date, first: Window, rules: WindowRules, calendar: OfficeCalendar, per_period: int = 1) -> Offer:
    """The offer of a window that was found free, with the three to follow."""
    following = following_windows(first.day, rules, calendar, _FOLLOWING, per_period)
    return Offer(first, answer_by(today, rules, calendar), following)


def window_on(day: date, calendar: OfficeCalendar) -> Window:
    """The window of a working day: the whole of its office hours."""
    opening = calendar.opening(day)
    return Window(day, opening.opens, opening.closes)


def _working_days_of(nominal: Iterator[date], calendar: OfficeCalendar) -> Iterator[date]:
    latest = None
    for day in nominal:
        moved = calendar.working_day_from(day)
        if moved != latest:  # a closure of weeks moves several to its end
            yield moved
        latest = moved


def _weekly(first: date) -> Iterator[date]:
    while True:
        yield first
        first += _WEEK
