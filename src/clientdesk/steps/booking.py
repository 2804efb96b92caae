"""Booking the windows that fall due: every client's within the horizon, each client in one transaction of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from clientdesk.domain.capacity import room_of
from clientdesk.domain.falling_due import Promise, WorkingDays, falling_due, last_of_next_quarter
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.windows import Agreement, BookedDue, Change
from clientdesk.steps.desk import Desk
from clientdesk.steps.inviting import invitations
from clientdesk.steps.publishing import kept_proposal

_BY, _WHY = "clientdesk", "it fell due"
_NOTHING = BookedDue()


@dataclass(frozen=True, slots=True)
class ClientBooking:
    """What booking came to for one client. `problem` says why it could not be done; nothing of it was then."""

    agreement: Agreement
    done: BookedDue = _NOTHING
    problem: str = ""

    @property
    def needs_a_person(self) -> bool:
        return bool(self.problem or self.done.without_room)


def due_agreements(desk: Desk) -> tuple[Agreement, ...]:
    """The agreements with a window that falls due and is not booked."""
    days, there = days_ahead(desk), desk.windows.slots()
    return tuple(
        each for each in desk.windows.agreements() if _due(desk, each, there.get(each.proposal, frozenset()), days)
    )


def book_all(desk: Desk) -> tuple[ClientBooking, ...]:
    """Book everything that is due. One client that fails stops none of the others; run again, it books the rest."""
    days, there = days_ahead(desk), desk.windows.slots()
    done = (_tried(desk, each, there.get(each.proposal, frozenset()), days) for each in desk.windows.agreements())
    return tuple(each for each in done if each.done != _NOTHING or each.problem)


def book_one(desk: Desk, agreement: Agreement) -> ClientBooking:
    """Book what is due for one client; never raises for what the records or a defect of ours did."""
    return _tried(desk, agreement, desk.windows.slots().get(agreement.proposal, frozenset()), days_ahead(desk))


def days_ahead(desk: Desk) -> WorkingDays:
    today = desk.today()
    return WorkingDays(today, last_of_next_quarter(today), desk.agency.windows, desk.calendar)


def _tried(desk: Desk, agreement: Agreement, there: Collection[str], days: WorkingDays) -> ClientBooking:
    try:
        return ClientBooking(agreement, _booked(desk, agreement, there, days))
    except Refusal as refusal:
        return ClientBooking(agreement, problem=str(refusal))
    except Exception as error:  # noqa: BLE001 (the others must go on; it is named, and the run does not pass)
        return ClientBooking(agreement, problem=f"a defect in clientdesk: {type(error).__name__}: {error}")


def _booked(desk: Desk, agreement: Agreement, there: Collection[str], days: WorkingDays) -> BookedDue:
    due = falling_due(_promise(desk, agreement), there, days)
    if not due:
        return _NOTHING
    change = Change(_BY, desk.clock.now(), _WHY)
    done = desk.windows.book_due(agreement.proposal, due, room_of(desk.agency), change, invitations(desk))
    if agreement.anchor is not None or not done.booked:
        return done
    return _with_those_after(desk, agreement, done, days)


def _with_those_after(desk: Desk, agreement: Agreement, first: BookedDue, days: WorkingDays) -> BookedDue:
    """Only the first window has given the anchor from which the others are reckoned."""
    anchored = next(each for each in desk.windows.agreements() if each.proposal == agreement.proposal)
    after = _booked(desk, anchored, {each.slot for each in first.booked}, days)
    return BookedDue(
        (*first.booked, *after.booked), (*first.passed, *after.passed), (*first.without_room, *after.without_room)
    )


def _due(desk: Desk, agreement: Agreement, there: Collection[str], days: WorkingDays) -> bool:
    try:
        return bool(falling_due(_promise(desk, agreement), there, days))
    except Exception:  # noqa: BLE001 (booking this client says what is wrong; the others must go on)
        return True


def _promise(desk: Desk, agreement: Agreement) -> Promise:
    return Promise(agreement.anchor, desk.agency.windows.windows_for(_retainer(desk, agreement)), agreement.ends_on)


def _retainer(desk: Desk, agreement: Agreement) -> int:
    if agreement.retainer_hours is not None:
        return agreement.retainer_hours
    return kept_proposal(desk, desk.store.proposal(agreement.proposal)).quote.recommended.bucket_hours
