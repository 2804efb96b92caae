"""A proposal: what is offered to whom on which evidence, and the states it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientdesk.domain.estimating import Estimate
from clientdesk.domain.intake import Fit, IntroCall
from clientdesk.domain.maintenance import Offer
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
    _S.EXPIRED: frozenset({_S.SUPERSEDED}),
    _S.WITHDRAWN: frozenset({_S.SUPERSEDED}),
    _S.SUPERSEDED: frozenset(),
}


class IllegalMove(Refusal):
    """A state can't follow another."""


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
    possible = ", ".join(sorted(MOVES[state])) or "nothing more"
    raise IllegalMove(f"a proposal that is {state} can't become {to}: from here it can become {possible}")


def number_of(year: int, serial: int, revision: int = 1) -> str:
    """`P-2026-0042`, and `P-2026-0042-R2` for its second revision."""
    number = f"P-{year}-{serial:04}"
    return number if revision == 1 else f"{number}-R{revision}"
