"""The maintenance windows in SQLite or PostgreSQL; each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from clientdesk.adapters import store_absences, store_agreements, store_bookings, store_room, store_windows
from clientdesk.adapters.store_engine import Database
from clientdesk.domain.capacity import Absence, Room, Staffing
from clientdesk.domain.maintenance import Window
from clientdesk.domain.windows import Due, WindowState
from clientdesk.ports.windows import Agreement, BookedDue, Change, Mails, WindowMove, WindowRecord


class SqlWindows:
    """`ports.windows.Windows` by a database's URL; the tables are those of the business records."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close_connections(self) -> None:
        self._database.close()

    def window(self, window: str) -> WindowRecord:
        with self._database.reading() as session:
            return store_windows.record(store_windows.window_row(session, window))

    def windows(
        self,
        since: date | None = None,
        until: date | None = None,
        client: str | None = None,
        states: Collection[WindowState] = (),
    ) -> tuple[WindowRecord, ...]:
        with self._database.reading() as session:
            return store_bookings.windows(session, since, until, client, states)

    def next_after(self, window: str) -> WindowRecord | None:
        with self._database.reading() as session:
            return store_bookings.next_after(session, window)

    def moves_of(self, window: str) -> tuple[WindowMove, ...]:
        with self._database.reading() as session:
            return store_bookings.moves_of(session, window)

    def agreements(self) -> tuple[Agreement, ...]:
        with self._database.reading() as session:
            return store_agreements.agreements(session)

    def slots(self) -> Mapping[str, frozenset[str]]:
        with self._database.reading() as session:
            return store_bookings.slots(session)

    def end(self, proposal: str, on: date, change: Change, mail: Mails | None = None) -> tuple[WindowRecord, ...]:
        with self._database.writing() as session:
            return store_bookings.end(session, proposal, on, change, mail)

    def book_due(
        self, proposal: str, due: Sequence[Due], room: Room, change: Change, mail: Mails | None = None
    ) -> BookedDue:
        with self._database.writing() as session:
            return store_bookings.book_due(session, proposal, due, room, change, mail)

    def book(
        self, proposal: str, wanted: Window, room: Room, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.book(session, proposal, wanted, room, change, mail)

    def reschedule(
        self, window: str, to: Window, staffing: Staffing, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.reschedule(session, window, to, staffing, change, mail)

    def skip(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.call_off(session, window, WindowState.SKIPPED, change, mail)

    def cancel(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.call_off(session, window, WindowState.CANCELLED, change, mail)

    def start(self, window: str, at: datetime) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.start(session, window, at)

    def close(self, window: str, at: datetime) -> WindowRecord:
        with self._database.writing() as session:
            return store_bookings.close(session, window, at)

    def due_to_start(self, now: datetime) -> tuple[WindowRecord, ...]:
        with self._database.reading() as session:
            return store_bookings.due_to_start(session, now)

    def due_to_close(self, now: datetime) -> tuple[WindowRecord, ...]:
        with self._database.reading() as session:
            return store_bookings.due_to_close(session, now)

    def minutes_taken(self, since: date, until: date, now: datetime) -> Mapping[date, int]:
        with self._database.reading() as session:
            return store_room.minutes_taken(session, since, until, now)

    def add_absence(self, absence: Absence) -> Absence:
        with self._database.writing() as session:
            return store_absences.add_absence(session, absence)

    def remove_absence(self, absence: str) -> Absence:
        with self._database.writing() as session:
            return store_absences.remove_absence(session, absence)

    def absences(self, since: date | None = None, until: date | None = None) -> tuple[Absence, ...]:
        with self._database.reading() as session:
            return store_absences.absences(session, since, until)
