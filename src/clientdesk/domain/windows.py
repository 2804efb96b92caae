"""The life of one maintenance window, from its hold to its end, and a window that falls due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clientdesk.domain.maintenance import Window
from clientdesk.domain.refusal import Refusal


class WindowState(StrEnum):
    """`HELD` is offered and not yet accepted; `SKIPPED` and `CANCELLED` will not take place."""

    HELD = "held"
    BOOKED = "booked"
    STARTED = "started"
    CLOSED = "closed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


_W = WindowState
MOVES: Mapping[WindowState, frozenset[WindowState]] = {
    # A window that fell due and whose days had passed is skipped without having been booked.
    _W.HELD: frozenset({_W.BOOKED, _W.SKIPPED}),
    # To another day it stays booked.
    _W.BOOKED: frozenset({_W.BOOKED, _W.STARTED, _W.SKIPPED, _W.CANCELLED}),
    _W.STARTED: frozenset({_W.CLOSED}),
    _W.CLOSED: frozenset(),
    _W.SKIPPED: frozenset(),
    _W.CANCELLED: frozenset(),
}

# They take the day's capacity, whatever the clock says.
TAKES_ROOM = frozenset({_W.BOOKED, _W.STARTED, _W.CLOSED})


class IllegalWindowMove(Refusal):
    """A window's state can't follow another."""


@dataclass(frozen=True, slots=True)
class Due:
    """A window that falls due: `slot` says which of its agreement's, `nominal` the day before any move.

    `candidates` are the days it may have, best first; where all have passed, the one that it would have had.
    `nominal` None: it is the agreement's first, and its nominal day is the `weekday` on or before the day booked.
    """

    slot: str
    nominal: date | None
    candidates: tuple[Window, ...]
    weekday: int = 0
    has_passed: bool = False

    def nominal_for(self, day: date) -> date:
        return self.nominal or weekday_until(day, self.weekday)


def moved(state: WindowState, to: WindowState) -> WindowState:
    """The new state; an illegal move is refused with a sentence that says what is possible."""
    if to in MOVES[state]:
        return to
    after = " or ".join(sorted(MOVES[state] - {state}))
    possible = f"from here it can become {after}" if after else "that is final"
    raise IllegalWindowMove(f"a window that is {state.value} can't become {to.value}: {possible}")


def weekday_until(day: date, weekday: int) -> date:
    """The weekday (Monday = 0) on or before the day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
