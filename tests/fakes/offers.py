"""A desk with a proposal on offer: onboarding done, Monday 16 March 2026, 09:00 in Berlin."""

from __future__ import annotations

from decimal import Decimal

from fakes.desk import a_call, a_desk
from fakes.onboarding import onboarded

from clientdesk.domain.revising import Change
from clientdesk.ports.records import ProposalRecord
from clientdesk.steps.answering import Evidence, Yes, accept
from clientdesk.steps.desk import Desk
from clientdesk.steps.publishing import kept_proposal

WORDS = Evidence("We accept.")


def an_offer(*, mails: bool = False, **parts: object) -> tuple[Desk, ProposalRecord]:
    """A desk, and the one proposal sent on it; with a mail server its mail has gone out."""
    desk = a_desk(mails=mails, **parts)
    done = onboarded(desk, a_call())
    assert done.proposal is not None
    return desk, desk.store.proposal(done.proposal.proposal)


def a_yes(desk: Desk, *, by: str = "Nora Feld", **said: object) -> Yes:
    return Yes(**{"by": by, "at": desk.clock.now(), "how": "mail", "evidence": WORDS, **said})


def an_order() -> tuple[Desk, ProposalRecord]:
    """A proposal that was accepted."""
    desk, record = an_offer()
    return desk, accept(desk, record, a_yes(desk), "Max Lead").proposal


def a_change(**wanted: object) -> Change:
    return Change("Max Lead", "They do the rest themselves.", **wanted)


def hours_of(desk: Desk, record: ProposalRecord) -> list[Decimal]:
    """The likely hours of each line."""
    return [item.hours.likely for item in kept_proposal(desk, record).estimate.items]
