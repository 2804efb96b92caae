"""A year and a quarter of maintenance windows, day by day: thirty clients, two engineers, a server that has bad days.

Clients come in winter, ask for other days, leave windows out, give notice. Engineers are away, known ahead or not. The
server is down over some windows' starts and over a Monday on which it should have booked.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import takewhile

import pytest
from fakes.agency import AGENCY
from fakes.business import ZONE, a_client, an_acceptance, confirmed, sent
from fakes.calendar import BERLIN
from fakes.clock import FixedClock
from fakes.desk import a_desk

from clientdesk.adapters.public_holidays import PublicHolidays
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_schema import migrate
from clientdesk.adapters.windows import SqlWindows
from clientdesk.domain.agency import Person
from clientdesk.domain.capacity import Absence, room_of, staffing_of
from clientdesk.domain.maintenance import first_candidates
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.domain.recurrence import nominal_day, slots
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.windows import TAKES_ROOM, WindowState
from clientdesk.ports.records import Booking
from clientdesk.steps.booking import book_all
from clientdesk.steps.booking_summary import booking_rows
from clientdesk.steps.calendar import add_absence, calendar_days
from clientdesk.steps.desk import Desk
from clientdesk.steps.window_changes import DayTaken, end, reschedule, skip

FIRST, LAST = date(2026, 1, 5), date(2027, 3, 31)  # a Monday, a Wednesday
CLIENTS = 30
DOWN = ((date(2026, 3, 30), date(2026, 4, 8)), (date(2026, 9, 7), date(2026, 9, 8)))
WEEK = frozenset(range(5))
TEAM = (Person("Ada", Decimal(8), WEEK), Person("Ben", Decimal(8), WEEK))
HOURS = replace(BERLIN, days_off=frozenset({date(2026, 12, 24)}), half_days=frozenset({date(2026, 12, 23)}))
OFFICE = replace(
    AGENCY, people=TEAM, office_hours=HOURS, windows=replace(AGENCY.windows, capacity_hours=None, per_period=((16, 2),))
)
HOLIDAYS = (
    Absence("Ada", date(2026, 7, 13), date(2026, 7, 31), "holiday"),
    Absence("Ben", date(2026, 8, 3), date(2026, 8, 14), "holiday"),
    Absence("Ben", date(2026, 12, 21), date(2027, 1, 1), "holiday"),
)
MAX = ("Max Lead", "they asked")


@dataclass
class Year:
    """The desk, the chance, and what a reader of the year wants to know afterwards."""

    desk: Desk
    chance: random.Random
    waiting: list[str] = field(default_factory=lambda: [f"Client {each:02}" for each in range(CLIENTS)])
    happened: Counter[str] = field(default_factory=Counter)
    late: set[str] = field(default_factory=set)

    def live(self) -> None:
        day = FIRST
        while day <= LAST:
            self._at(day, 6)
            if self._is_up(day):
                self._server(day)
            if day.weekday() in WEEK:
                self._people()
            day += timedelta(days=1)

    def _at(self, day: date, hour: int) -> None:
        self.desk.clock._now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def _is_up(self, day: date) -> bool:
        return not any(first <= day <= last for first, last in DOWN)

    def _server(self, day: date) -> None:
        if day.weekday() == 0:
            done = book_all(self.desk)
            assert [each for each in done if each.needs_a_person] == []
            assert book_all(self.desk) == ()
            moved = [row for row in booking_rows(self.desk, done) if "moved from" in row[4]]
            self.happened["moved when booked"] += len(moved)
        for hour in (8, 16):  # 09:00 and 17:00 are 07:00 and 15:00, or 08:00 and 16:00
            self._at(day, hour)
            now, windows = self.desk.clock.now(), self.desk.windows
            for window in windows.due_to_start(now):
                self.late |= {window.id} if window.window.day < day else set()
                windows.start(window.id, now)
            for window in windows.due_to_close(now):
                windows.close(window.id, now)

    def _people(self) -> None:
        if self.waiting and self.chance.random() < 0.6:
            self._accepted(self.waiting.pop(0))
        if self.chance.random() < 0.25:
            self._asks(self._reschedule)
        if self.chance.random() < 0.03:
            self._asks(lambda window: skip(self.desk, window, *MAX))
        if self.chance.random() < 0.04:
            self._falls_ill()
        if self.chance.random() < 0.01:
            agreement = self.chance.choice(self.desk.windows.agreements() or [None])
            if agreement and agreement.ends_on is None:
                end(self.desk, agreement, self.desk.today() + timedelta(days=90), *MAX)
                self.happened["ended"] += 1

    def _accepted(self, company: str) -> None:
        desk, now = self.desk, self.desk.clock.now()
        record = sent(desk.store, a_client(desk.store, company))
        candidates = first_candidates(desk.today(), desk.agency.windows, desk.calendar, 26)
        retainer = 16 if company.endswith("5") else 8
        booking = Booking(candidates[0], candidates, room_of(desk.agency), desk.agency.windows.weekday, retainer)
        done = desk.store.accept(record.id, an_acceptance(record, at=now), booking, ZONE, confirmed)
        assert done.window is not None

    def _asks(self, change) -> None:
        ahead = self.desk.windows.windows(since=self.desk.today(), states={WindowState.BOOKED})
        if not ahead:
            return
        try:
            change(self.chance.choice(ahead))
            self.happened["changed"] += 1
        except Refusal as refusal:
            self.happened[type(refusal).__name__] += 1

    def _reschedule(self, window) -> None:
        wanted = window.window.day + timedelta(days=self.chance.randint(-10, 10))
        try:
            reschedule(self.desk, window, wanted, *MAX)
        except DayTaken as taken:
            self.happened["alternative taken"] += 1
            reschedule(self.desk, window, taken.instead[0], *MAX)

    def _falls_ill(self) -> None:
        today = self.desk.today()
        until = today + timedelta(days=self.chance.randint(0, 12))
        _, overbooked = add_absence(self.desk, Absence(self.chance.choice(("Ada", "Ben")), today, until, "ill"))
        for day in overbooked:
            for window in self.desk.windows.windows(day.day, day.day, states={WindowState.BOOKED})[:1]:
                self._asks(lambda _, window=window: self._reschedule(window))


@pytest.fixture
def year(tmp_path):
    url = f"sqlite:///{tmp_path / 'year.db'}"
    migrate(url)
    store, windows = SqlStore(url), SqlWindows(url)
    calendar = OfficeCalendar(HOURS, PublicHolidays(HOURS).is_holiday)
    desk = a_desk(agency=OFFICE, calendar=calendar, store=store, windows=windows, clock=FixedClock())
    for absence in HOLIDAYS:
        windows.add_absence(absence)
    year = Year(desk, random.Random(1))
    year.live()
    return year


def test_year_ends_with_nothing_double_nothing_lost_and_every_client_served(year):
    windows = year.desk.windows.windows()

    assert year.waiting == []
    assert year.happened["changed"] > 20
    assert year.happened["alternative taken"] + year.happened["moved when booked"] > 0
    assert year.late, "the server was down over no window's start: nothing was proved"
    for agreement in year.desk.windows.agreements():
        _has_its_windows(year.desk, agreement, [each for each in windows if each.client == agreement.client])
    for window in windows:
        _has_a_right_day(year.desk, window)
        _was_started_and_closed_once(year.desk, window)
    _no_day_was_booked_beyond_its_hours(year.desk)


def _has_its_windows(desk, agreement, own):
    """Each slot up to the horizon once, on the day reckoned from the anchor; no two on one day."""
    last = min(agreement.ends_on or LAST, LAST)
    per_period = desk.agency.windows.windows_for(agreement.retainer_hours)
    due = [slot for slot, _ in takewhile(lambda two: two[1] <= last, slots(agreement.anchor, 3, per_period))]
    there = Counter(each.slot for each in own)

    assert set(there.values()) == {1}
    assert set(due) <= set(there)
    for each in own:
        period, part = (int(number) for number in each.slot.split("/"))
        assert each.nominal == nominal_day(agreement.anchor, period, part - 1, 3, per_period)
    taking_place = [each.window.day for each in own if each.state in TAKES_ROOM]
    assert len(set(taking_place)) == len(taking_place)
    assert agreement.ends_on is None or all(day <= agreement.ends_on for day in taking_place)


def _has_a_right_day(desk, window):
    starts, ends = desk.calendar.local(window.window.starts_at), desk.calendar.local(window.window.ends_at)

    assert desk.calendar.is_working_day(window.window.day)
    assert (starts.date(), starts.hour) == (window.window.day, 9)
    assert ends.hour == (13 if window.window.day in HOURS.half_days else 17)


def _was_started_and_closed_once(desk, window):
    became = Counter(move.after for move in desk.windows.moves_of(window.id))

    if window.window.day < LAST and window.state not in {WindowState.SKIPPED, WindowState.CANCELLED}:
        assert window.state is WindowState.CLOSED
        assert (became[WindowState.STARTED], became[WindowState.CLOSED]) == (1, 1)
    assert window.sequence == _changes(desk, window)


def _changes(desk, window):
    moves = desk.windows.moves_of(window.id)
    called_off = window.state in {WindowState.SKIPPED, WindowState.CANCELLED}
    return sum(move.before is move.after for move in moves) + (called_off and len(moves) > 1)


def _no_day_was_booked_beyond_its_hours(desk):
    """But for days on which somebody fell ill once they were booked, and then never beyond what all people have."""
    ill = [each for each in desk.windows.absences() if each.why == "ill"]
    for day in calendar_days(desk, FIRST, LAST):
        assert day.taken <= staffing_of(desk.agency).hours_on(day.day)
        assert not day.is_overbooked or any(absence.covers(day.day) for absence in ill)
