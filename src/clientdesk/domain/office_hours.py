"""When the office is open, and reckoning in open time: due instants, time elapsed, business days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clientdesk.domain.agency import OfficeHours
from clientdesk.domain.refusal import Refusal

_DAY = timedelta(days=1)
# No honest calendar is closed for longer; without a limit a wrong one would be searched for ever.
_LONGEST_CLOSURE = 366


def _unnamed(_day: date) -> str:
    return ""


class NeverOpen(Refusal):
    """The office hours leave no working day within a year."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of open time, [opens, closes), in UTC."""

    opens: datetime
    closes: datetime

    @property
    def length(self) -> timedelta:
        return self.closes - self.opens


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still, [since, until)."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """The agency's working time. `is_holiday` says which days are public holidays, `holiday_name` what they are called.

    Instants go in aware, of any zone, and come out in UTC: all arithmetic happens there, because two aware datetimes
    of one zone subtract as wall time, and a day on which the clocks change would count 24 hours.
    """

    hours: OfficeHours
    is_holiday: Callable[[date], bool]
    holiday_name: Callable[[date], str] = _unnamed

    def is_working_day(self, day: date) -> bool:
        is_off = day in self.hours.days_off or self.is_holiday(day)
        return day.weekday() in self.hours.weekdays and not is_off

    def working_day_from(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        return next(self._working_days(day, _DAY))

    def add_business_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, before it for a negative count; the day itself for 0."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day = next(self._working_days(day + step, step))
        return day

    def opening(self, day: date) -> Opening:
        """The office hours of a day by the clock on the wall, whether or not it is a working day."""
        zone = ZoneInfo(self.hours.zone)
        opens, closes = (
            datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
            for at in (self.hours.opens, self.hours.closes_on(day))
        )
        return Opening(opens, closes)

    def is_open(self, at: datetime) -> bool:
        return self.next_opening(at) == at

    def next_opening(self, at: datetime) -> datetime:
        """The instant itself while the office is open, else when it opens next."""
        return next(self._open_time_from(at)).opens

    def due(self, start: datetime, minutes: int, pauses: Sequence[Pause] = ()) -> datetime:
        """When `minutes` of open time are used up; the pauses don't count. Zero outside hours is the next opening."""
        budget = timedelta(minutes=minutes)
        counted_until = _utc(start)
        due = self._after(counted_until, budget)
        for pause in sorted(pauses, key=lambda pause: pause.since):
            since = max(_utc(pause.since), counted_until)
            if since < min(pause.until, due):
                budget += self.elapsed(since, pause.until)
                counted_until = _utc(pause.until)
                due = self._after(start, budget)
        return due

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time between two instants, in order; zero outside hours."""
        if end < start:
            raise ValueError(f"{end} is before {start}")
        return sum((stretch.length for stretch in self._open_time_between(start, end)), timedelta())

    def local(self, at: datetime) -> datetime:
        """The instant on the wall clock; its `tzname()` is what to print ("CET", "CEST")."""
        return _utc(at).astimezone(ZoneInfo(self.hours.zone))

    def _after(self, start: datetime, budget: timedelta) -> datetime:
        if budget < timedelta():
            raise ValueError(f"a budget can't be negative: {budget}")
        stretches = self._open_time_from(start)
        stretch = next(stretches)
        while budget > stretch.length:
            budget -= stretch.length
            stretch = next(stretches)
        return stretch.opens + budget

    def _open_time_between(self, start: datetime, end: datetime) -> Iterator[Opening]:
        for stretch in self._open_time_from(start):
            if stretch.opens >= end:
                return
            yield Opening(stretch.opens, min(stretch.closes, _utc(end)))

    def _open_time_from(self, start: datetime) -> Iterator[Opening]:
        at = _utc(start)
        for day in self._working_days(self.local(at).date(), _DAY):
            opening = self.opening(day)
            if at < opening.closes:
                yield Opening(max(at, opening.opens), opening.closes)

    def _working_days(self, first: date, step: timedelta) -> Iterator[date]:
        """Every working day from `first` on, in steps of one day forward or back; it never ends."""
        day, closed = first, 0
        while closed < _LONGEST_CLOSURE:
            if self.is_working_day(day):
                closed = 0
                yield day
            else:
                closed += 1
            day += step
        raise NeverOpen(
            f"the office is closed for {closed} days up to {day}: check weekdays and days off in agency.toml"
        )


def end_of_day(day: date, zone: str) -> datetime:
    """24:00 local time, in UTC."""
    return datetime.combine(day + _DAY, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The day that it is in the zone."""
    return _utc(at).astimezone(ZoneInfo(zone)).date()


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} names no zone")
    return at.astimezone(UTC)
