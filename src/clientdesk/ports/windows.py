"""Maintenance windows: booked, moved, skipped, started and closed; and what days have room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from clientdesk.domain.capacity import Absence, Room, Staffing
from clientdesk.domain.maintenance import Window
from clientdesk.domain.windows import Due, WindowState
from clientdesk.ports.mail import Message


@dataclass(frozen=True, slots=True)
class WindowRecord:
    """A window kept. `hours` is its box in person-hours; `proposal` "" as long as it is only held.

    `uid` names it in calendars and stays through every move; `sequence` counts the moves (iTIP's SEQUENCE). `slot`
    says which of its agreement's windows it is (`domain.recurrence.slot_name`; "+" and a day for one beside them, ""
    while held), `nominal` on which day that one falls before any move. `held_until` is the end of a hold, past or to
    come, and None for all others.
    """

    id: str
    client: str
    proposal: str
    window: Window
    hours: Decimal
    state: WindowState
    uid: str
    sequence: int
    slot: str
    nominal: date
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WindowMove:
    """One change of a window: its state, its day (`was` None: it had none), who, when, why."""

    before: WindowState
    after: WindowState
    was: date | None
    day: date
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something, when, and why."""

    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an accepted proposal promises: windows from its `anchor` on, the first one's nominal day.

    `anchor` None: no day was free at acceptance. `retainer_hours` a month, None where they were not recorded yet (the
    proposal's document says them). `ends_on` is the last day, None while it goes on.
    """

    client: str
    company: str
    proposal: str
    number: str
    since: date
    anchor: date | None
    retainer_hours: int | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class BookedDue:
    """What came of the windows that fell due: booked now; passed over, their days being gone; without a free day."""

    booked: tuple[WindowRecord, ...] = ()
    passed: tuple[WindowRecord, ...] = ()
    without_room: tuple[Due, ...] = ()


# The mails about a window as it is now; they are put into the outbox in the transaction that changed it.
Mails = Callable[[WindowRecord], Sequence[Message]]


class Windows(Protocol):
    """Each method is one transaction, mails included: it happens whole or not at all.

    Days are local days of the agency, instants are aware. An id that is not there raises `UnknownRecord`, a day that
    is full (or on which the client has another window) `NoFreeWindow`, a state that can't follow `IllegalWindowMove`.
    Room is counted and taken in the same transaction, with the absences as they are then.
    """

    def window(self, window: str) -> WindowRecord: ...

    def windows(
        self,
        since: date | None = None,
        until: date | None = None,
        client: str | None = None,
        states: Collection[WindowState] = (),
    ) -> tuple[WindowRecord, ...]:
        """In order of their starts, from `since` to `until`, both included; all states if none is named."""

    def next_after(self, window: str) -> WindowRecord | None:
        """The client's next window that is booked, after this one."""

    def moves_of(self, window: str) -> tuple[WindowMove, ...]:
        """Oldest first."""

    def agreements(self) -> tuple[Agreement, ...]:
        """Each client's latest, in order of their names: a later proposal accepted takes the earlier one's place."""

    def slots(self) -> Mapping[str, frozenset[str]]:
        """Which slots of each proposal are there, whatever has become of them."""

    def end(self, proposal: str, on: date, change: Change, mail: Mails | None = None) -> tuple[WindowRecord, ...]:
        """End the agreement after `on`, and cancel what is booked later; returns what was cancelled.

        Said again with another day it ends then; what was cancelled stays so.
        """

    def book_due(
        self, proposal: str, due: Sequence[Due], room: Room, change: Change, mail: Mails | None = None
    ) -> BookedDue:
        """Book each window that falls due on its first candidate with room; a slot that is there already is left.

        The first window's day becomes the agreement's anchor. One that has passed is kept as skipped, without mail.
        """

    def book(
        self, proposal: str, wanted: Window, room: Room, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        """Book one beside those that fall due; the one that is booked for that day already is returned instead."""

    def reschedule(
        self, window: str, to: Window, staffing: Staffing, change: Change, mail: Mails | None = None
    ) -> WindowRecord:
        """To another day, with the same uid and the next sequence; its own day again changes nothing."""

    def skip(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        """It will not take place; those after it stay where they are. Again: nothing more happens."""

    def cancel(self, window: str, change: Change, mail: Mails | None = None) -> WindowRecord:
        """As `skip`, where the agency calls it off or the agreement ends."""

    def start(self, window: str, at: datetime) -> WindowRecord:
        """A booked one becomes started; one that is started or closed is returned as it is."""

    def close(self, window: str, at: datetime) -> WindowRecord:
        """A started one becomes closed; one that is closed is returned as it is."""

    def due_to_start(self, now: datetime) -> tuple[WindowRecord, ...]:
        """Booked, and their start has come, however long ago; oldest first."""

    def due_to_close(self, now: datetime) -> tuple[WindowRecord, ...]:
        """Started, and their end has come; oldest first."""

    def minutes_taken(self, since: date, until: date, now: datetime) -> Mapping[date, int]:
        """By day, holds that live among them; a free day is not in it."""

    def add_absence(self, absence: Absence) -> Absence:
        """The same again is the one that is there."""

    def remove_absence(self, absence: str) -> Absence: ...

    def absences(self, since: date | None = None, until: date | None = None) -> tuple[Absence, ...]:
        """Those that touch the days, in order of their first."""
