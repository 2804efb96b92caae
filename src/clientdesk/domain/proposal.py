"""A proposal: what is offered to whom on which evidence, and the states it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from clientdesk.domain.estimating import Estimate
from clientdesk.domain.intake import Fit, IntroCall
from clientdesk.domain.maintenance import Offer
from clientdesk.domain.office_hours import end_of_day
from clientdesk.domain.pricing import Quote
from clientdesk.domain.refusal import Refusal


class ProposalState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


_S = ProposalState
MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    _S.DRAFT: frozenset({_S.IN_REVIEW, _S.WITHDRAWN}),
    _S.IN_REVIEW: frozenset({_S.DRAFT, _S.APPROVED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.DRAFT, _S.SENT, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN, _S.SUPERSEDED}),
    _S.ACCEPTED: frozenset(),
    _S.DECLINED: frozenset({_S.SUPERSEDED}),
    _S.EXPIRED: frozenset({_S.ACCEPTED, _S.SUPERSEDED}),  # accepted in time, and put down late
    _S.WITHDRAWN: frozenset({_S.SUPERSEDED}),
    _S.SUPERSEDED: frozenset(),
}

# The client can no longer take it, and was not the one who did.
OFF_OFFER = frozenset({_S.DECLINED, _S.EXPIRED, _S.WITHDRAWN, _S.SUPERSEDED})


class IllegalMove(Refusal):
    """A state can't follow another."""


class NoLongerValid(Refusal):
    """The proposal's last day is over."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the document says, frozen at sending. `number` "" until then; `audits` are ids in the store."""

    call: IntroCall
    fit: Fit
    audits: tuple[str, ...]
    estimate: Estimate
    quote: Quote
    offer: Offer
    drafted_on: date
    valid_until: date
    number: str = ""


def moved(state: ProposalState, to: ProposalState) -> ProposalState:
    """The new state; an illegal move is refused with a sentence that says what is possible."""
    if to in MOVES[state]:
        return to
    if to is state:
        raise IllegalMove(f"the proposal is {_said(state)} already: {_possible(state)}")
    raise IllegalMove(f"a proposal that is {_said(state)} can't become {_said(to)}: {_possible(state)}")


def accepted(state: ProposalState, valid_until: date, now: datetime, zone: str) -> ProposalState:
    """`ACCEPTED`, if the proposal was sent and was valid at `now`, when the client said yes; else refused.

    A yes given in time counts even where the offer has been closed before somebody put it down.
    """
    after = moved(state, ProposalState.ACCEPTED)
    if not is_open_at(now, valid_until, zone):
        raise NoLongerValid(f"the proposal was valid until {valid_until}: send a revision to renew the offer")
    return after


def is_open_at(now: datetime, valid_until: date, zone: str) -> bool:
    """Through 24:00 local time of the printed day."""
    return now < end_of_day(valid_until, zone)


def last_valid_day(drafted_on: date, valid_days: int) -> date:
    """The day printed as "valid until", so many calendar days on."""
    return drafted_on + timedelta(days=valid_days)


def number_of(year: int, serial: int, revision: int = 1) -> str:
    """`P-2026-0042`, and `P-2026-0042-R2` for its second revision."""
    if serial < 1 or revision < 1:
        raise ValueError(f"numbers begin at 1: {serial}, revision {revision}")
    number = f"P-{year}-{serial:04}"
    return number if revision == 1 else f"{number}-R{revision}"


def _possible(state: ProposalState) -> str:
    after = sorted(_said(each) for each in MOVES[state])
    if not after:
        return "that is final, and only a new proposal can follow"
    listed = after[0] if len(after) == 1 else f"{', '.join(after[:-1])} or {after[-1]}"
    return f"from here it can become {listed}"


def _said(state: ProposalState) -> str:
    return state.value.replace("_", " ")
