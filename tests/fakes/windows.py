"""The maintenance windows in memory, with the promises of `ports.windows.Windows`; they share the store's tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from fakes.clock import MONDAY_MORNING

from clientdesk.domain.capacity import Absence, Room, Staffing
from clientdesk.domain.maintenance import Window
from clientdesk.domain.windows import TAKES_ROOM, Due, WindowState, moved, weekday_until
from clientdesk.ports.records import BookedWindow, Booking, HeldWindow, NoFreeWindow, UnknownRecord
from clientdesk.ports.windows import Agreement, BookedDue, Change, Mails, WindowMove, WindowRecord

if TYPE_CHECKING:
    from fakes.store import MemoryStore

_S = WindowState


def room(hours: float = 8, capacity: float = 8) -> Room:
    """A window's box, and what every day has."""
    return Room(Decimal(str(hours)), Staffing((), frozenset(), Decimal(str(capacity))))


@dataclass
class WindowTables:
    """The windows, the ends of holds, what changed, what was agreed and who is away."""

    windows: dict[str, WindowRecord] = field(default_factory=dict)
    held_until: dict[str, datetime] = field(default_factory=dict)
    moves: dict[str, list[WindowMove]] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    absences: dict[str, Absence] = field(default_factory=dict)

    def hold(self, new: str, client: str, window: Window, room: Room, until: datetime) -> WindowRecord:
        record = WindowRecord(new, client, "", window, room.hours, _S.HELD, new, 0, "", window.day, until)
        self.windows[new], self.held_until[new], self.moves[new] = record, until, []
        return record

    def live_holds(self, client: str, now: datetime) -> list[WindowRecord]:
        """Newest first."""
        return [w for w in reversed(self.windows.values()) if w.client == client and self._is_live(w, now)]

    def first_with_room(self, candidates: Sequence[Window], room: Room, now: datetime) -> Window | None:
        taken = self.taken(now)
        for candidate in candidates:
            if taken.get(candidate.day, 0) + room.minutes <= room.staffing.minutes_on(
                candidate.day, self.absences.values()
            ):
                return candidate
        return None

    def taken(self, now: datetime) -> dict[date, int]:
        taken: dict[date, int] = {}
        for each in self.windows.values():
            if each.state in TAKES_ROOM or self._is_live(each, now):
                taken[each.window.day] = taken.get(each.window.day, 0) + int(each.hours * 60)
        return taken

    def days_of(self, client: str, but: str = "") -> set[date]:
        return {
            w.window.day for w in self.windows.values() if w.client == client and w.state in TAKES_ROOM and w.id != but
        }

    def settle(self, after: WindowRecord, to: WindowState, change: Change) -> WindowRecord:
        before = self.windows[after.id]
        self.windows[after.id] = after = replace(after, state=moved(before.state, to), held_until=None)
        was = None if before.state is _S.HELD else before.window.day
        self.moves[after.id].append(
            WindowMove(before.state, to, was, after.window.day, change.by, change.at, change.why)
        )
        return after

    def held(self, record: WindowRecord) -> HeldWindow:
        return HeldWindow(record.id, record.client, record.proposal, record.window, self.held_until[record.id])

    def end_holds(self, windows: Collection[WindowRecord], now: datetime) -> None:
        for each in windows:
            if each.state is _S.HELD:
                self.held_until[each.id] = ends = min(self.held_until[each.id], now)
                self.windows[each.id] = replace(self.windows[each.id], held_until=ends)

    def _is_live(self, window: WindowRecord, now: datetime) -> bool:
        return window.state is _S.HELD and self.held_until[window.id] > now


def hold_window(
    tables: WindowTables,
    new: str,
    client: str,
    candidates: Sequence[Window],
    room: Room,
    until: datetime,
    now: datetime,
) -> HeldWindow:
    for live in tables.live_holds(client, now):
        return tables.held(live)
    found = tables.first_with_room(candidates, room, now)
    if found is None:
        raise NoFreeWindow("none of the days proposed has room")
    return tables.held(tables.hold(new, client, found, room, until))


def book_first(
    tables: WindowTables, new: str, client: str, proposal: str, booking: Booking, change: Change
) -> tuple[BookedWindow | None, str]:
    """The window booked at acceptance, or why there is none."""
    live = tables.live_holds(client, change.at)
    record = next((each for each in live if each.window.starts_at == booking.offered.starts_at), None)
    tables.end_holds(live, change.at)
    if record is None:
        others = tables.days_of(client)
        candidates = [each for each in booking.candidates if each.day not in others]
        found = tables.first_with_room(candidates, booking.room, change.at)
        if found is None:
            return None, "none of the days proposed has room"
        record = tables.hold(new, client, found, booking.room, change.at)
    nominal = weekday_until(record.window.day, booking.weekday)
    record = replace(record, proposal=proposal, slot="0/1", nominal=nominal)
    record = tables.settle(record, _S.BOOKED, change)
    return BookedWindow(record.id, client, proposal, record.window, record.uid), ""


class MemoryWindows:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    @property
    def _t(self) -> WindowTables:
        return self._store.window_tables

    def window(self, window: str) -> WindowRecord:
        return _found(self._t.windows, window)

    def windows(
        self,
        since: date | None = None,
        until: date | None = None,
        client: str | None = None,
        states: Collection[WindowState] = (),
    ) -> tuple[WindowRecord, ...]:
        return tuple(
            each
            for each in sorted(self._t.windows.values(), key=lambda each: each.window.starts_at)
            if (since is None or each.window.day >= since)
            and (until is None or each.window.day <= until)
            and client in {None, each.client}
            and (not states or each.state in states)
        )

    def next_after(self, window: str) -> WindowRecord | None:
        this = self.window(window)
        later = self.windows(client=this.client, states={_S.BOOKED})
        return next((each for each in later if each.window.starts_at > this.window.starts_at), None)

    def moves_of(self, window: str) -> tuple[WindowMove, ...]:
        return tuple(_found(self._t.moves, window))

    def agreements(self) -> tuple[Agreement, ...]:
        latest = {each.client: each for each in self._t.agreements.values()}
        return tuple(sorted(latest.values(), key=lambda each: each.company.casefold()))

    def slots(self) -> Mapping[str, frozenset[str]]:
        records = [each for each in self._t.windows.values() if each.slot]
        return {
            proposal: frozenset(each.slot for each in records if each.proposal == proposal)
            for proposal in {each.proposal for each in records}
        }

    def end(self, proposal: str, on: date, change: Change, mail: Mails | None = None) -> tuple[WindowRecord, ...]:
        with self._store.transaction():
            self._t.agreements[proposal] = replace(_found(self._t.agreements, proposal), ends_on=on)
            later = [
                each for each in self.windows(states={_S.BOOKED}) if each.proposal == proposal and each.window.day > on
            ]
            return tuple(self.cancel(each.id, change, mail) for each in later)

    def book_due(
        self, proposal: str, due: Sequence[Due], room: Room, change: Change, mail: Mails | None = None
    ) -> BookedDue:
        with self._store.transaction():
            agreement = _found(self._t.agreements, proposal)
            there = {each.slot for each in self._t.windows.values() if each.proposal == proposal}
            booked, passed, without_room = [], [], []
            for each in due:
                if each.slot in there:
                    continue
                done = self._book_due(agreement, each, room, change)
                if done is None:
                    without_room.append(each)
                elif done.state is _S.SKIPPED:
                    passed.append(done)
                else:
                    booked.append(self._mailed(done, change, mail))
            return BookedDue(tuple(booked), tuple(passed), tuple(without_room))

    def book(
        self, proposal: str, wanted: Window, room: Room, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        with self._store.transaction():
            agreement = _found(self._t.agreements, proposal)
            for each in self.windows(wanted.day, wanted.day, agreement.client, {_S.BOOKED}):
                if each.proposal == proposal:
                    return each
            self._must_be_free(agreement.client, wanted, room, change)
            names = [each.slot for each in self._t.windows.values() if each.proposal == proposal]
            again = sum(1 for name in names if name.partition(".")[0] == f"+{wanted.day}")
            record = self._t.hold(self._store.new_id("window"), agreement.client, wanted, room, change.at)
            slot = f"+{wanted.day}.{again}" if again else f"+{wanted.day}"
            record = self._t.settle(replace(record, proposal=proposal, slot=slot), _S.BOOKED, change)
            return self._mailed(record, change, mail)

    def reschedule(
        self, window: str, to: Window, staffing: Staffing, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        with self._store.transaction():
            record = self.window(window)
            if record.state is _S.BOOKED and record.window.day == to.day:
                return record
            moved(record.state, _S.BOOKED)
            self._must_be_free(record.client, to, Room(record.hours, staffing), change, but=window)
            after = replace(record, window=to, sequence=record.sequence + 1)
            return self._mailed(self._t.settle(after, _S.BOOKED, change), change, mail)

    def skip(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        return self._called_off(window, _S.SKIPPED, change, mail)

    def cancel(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        return self._called_off(window, _S.CANCELLED, change, mail)

    def start(self, window: str, at: datetime) -> WindowRecord:
        return self._advanced(window, _S.STARTED, {_S.STARTED, _S.CLOSED}, at)

    def close(self, window: str, at: datetime) -> WindowRecord:
        return self._advanced(window, _S.CLOSED, {_S.CLOSED}, at)

    def due_to_start(self, now: datetime) -> tuple[WindowRecord, ...]:
        return tuple(each for each in self.windows(states={_S.BOOKED}) if each.window.starts_at <= now)

    def due_to_close(self, now: datetime) -> tuple[WindowRecord, ...]:
        return tuple(each for each in self.windows(states={_S.STARTED}) if each.window.ends_at <= now)

    def minutes_taken(self, since: date, until: date, now: datetime) -> Mapping[date, int]:
        return {day: minutes for day, minutes in self._t.taken(now).items() if since <= day <= until}

    def add_absence(self, absence: Absence) -> Absence:
        with self._store.transaction():
            for known in self._t.absences.values():
                if replace(known, id="", why="") == replace(absence, id="", why=""):
                    return known
            added = replace(absence, id=self._store.new_id("absence"))
            self._t.absences[added.id] = added
            return added

    def remove_absence(self, absence: str) -> Absence:
        with self._store.transaction():
            removed = _found(self._t.absences, absence)
            del self._t.absences[absence]
            return removed

    def absences(self, since: date | None = None, until: date | None = None) -> tuple[Absence, ...]:
        touching = [
            each
            for each in self._t.absences.values()
            if (since is None or each.last >= since) and (until is None or each.first <= until)
        ]
        return tuple(sorted(touching, key=lambda each: each.first))

    def _book_due(self, agreement: Agreement, due: Due, room: Room, change: Change) -> WindowRecord | None:
        window: Window | None = due.candidates[0]
        if not due.has_passed:
            others = self._t.days_of(agreement.client)
            window = self._t.first_with_room([w for w in due.candidates if w.day not in others], room, change.at)
        if window is None:
            return None
        record = self._t.hold(self._store.new_id("window"), agreement.client, window, room, change.at)
        nominal = due.nominal_for(window.day)
        record = replace(record, proposal=agreement.proposal, slot=due.slot, nominal=nominal)
        if due.slot == "0/1":
            self._t.agreements[agreement.proposal] = replace(agreement, anchor=nominal)
        if due.has_passed:
            return self._t.settle(
                record, _S.SKIPPED, replace(change, why="its days had passed before it could be booked")
            )
        return self._t.settle(record, _S.BOOKED, change)

    def _must_be_free(self, client: str, wanted: Window, room: Room, change: Change, but: str = "") -> None:
        if wanted.day in self._t.days_of(client, but):
            raise NoFreeWindow(f"the client has another window on {wanted.day}")
        record = self._t.windows.get(but)
        if record and record.window.day == wanted.day:
            return
        if self._t.first_with_room((wanted,), room, change.at) is None:
            raise NoFreeWindow(f"{wanted.day} has no room for the maintenance window")

    def _called_off(self, window: str, to: WindowState, change: Change, mail: Mails | None) -> WindowRecord:
        with self._store.transaction():
            record = self.window(window)
            if record.state is to:
                return record
            after = replace(record, sequence=record.sequence + 1)
            return self._mailed(self._t.settle(after, to, change), change, mail)

    def _advanced(self, window: str, to: WindowState, already: Collection[WindowState], at: datetime) -> WindowRecord:
        with self._store.transaction():
            record = self.window(window)
            return record if record.state in already else self._t.settle(record, to, Change("clientdesk", at))

    def _mailed(self, record: WindowRecord, change: Change, mail: Mails | None) -> WindowRecord:
        for message in mail(record) if mail else ():
            self._store.add_message(message, change.at)
        return record


class Damaged:
    """The windows, of which one client's can't be booked."""

    def __init__(self, windows: MemoryWindows, proposal: str) -> None:
        self._windows, self._proposal = windows, proposal

    def book_due(self, proposal: str, *others: object) -> BookedDue:
        if proposal == self._proposal:
            raise ZeroDivisionError("the record is damaged")
        return self._windows.book_due(proposal, *others)

    def __getattr__(self, name: str) -> object:
        return getattr(self._windows, name)


def a_window(day: date, **said: object) -> WindowRecord:
    """A record to show or to reckon with: booked, 09:00-17:00 in UTC+0."""
    opens = MONDAY_MORNING.replace(year=day.year, month=day.month, day=day.day)
    window = Window(day, opens, opens.replace(hour=16))
    given = {"state": _S.BOOKED, "uid": "w", "sequence": 0, "slot": "0/1", "nominal": day, **said}
    return WindowRecord("w", "client-1", "proposal-1", window, Decimal(8), **given)


def _found(table, record):
    try:
        return table[record]
    except KeyError:
        raise UnknownRecord(f"there is no record {record!r}") from None
