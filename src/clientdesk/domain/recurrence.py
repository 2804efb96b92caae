"""Which maintenance windows fall due: every nominal day is counted from the anchor, so that none drifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

_WEEK = timedelta(weeks=1)
# Every month has four of each weekday, and only some have a fifth.
_LAST_ORDINAL = 4


def slots(anchor: date, months_apart: int, per_period: int) -> Iterator[tuple[str, date]]:
    """All windows of an agreement from the anchor on, soonest first; it never ends.

    A slot is named "period/part": "0/1" is the anchor, "1/1" its first window a period later, "1/2" the second there.
    The names don't move when the number of windows changes.
    """
    for period in count():
        for part in range(per_period):
            yield slot_name(period, part), nominal_day(anchor, period, part, months_apart, per_period)


def slot_name(period: int, part: int = 0) -> str:
    return f"{period}/{part + 1}"


def nominal_day(anchor: date, period: int, part: int, months_apart: int, per_period: int) -> date:
    """The anchor's ordinal weekday `period` periods later; those between two are spread evenly.

    By whole months where they divide the period (the first Tuesday of each month), else by whole weeks.
    """
    if (period, part) == (0, 0):
        return anchor  # though it may be a month's fifth
    if months_apart % per_period == 0:
        return _months_later(anchor, period * months_apart + part * (months_apart // per_period))
    start, end = (_months_later(anchor, each * months_apart) for each in (period, period + 1))
    return start + _WEEK * ((end - start) // _WEEK * part // per_period)


def weekday_from(day: date, weekday: int) -> date:
    """The weekday (Monday = 0) on or after the day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _months_later(anchor: date, months: int) -> date:
    """The same ordinal weekday so many months on."""
    ordinal = min(_LAST_ORDINAL, (anchor.day - 1) // 7 + 1)
    of_all = anchor.year * 12 + anchor.month - 1 + months
    return weekday_from(date(of_all // 12, of_all % 12 + 1, 1), anchor.weekday()) + _WEEK * (ordinal - 1)
