"""The intro call: the client registered, its code looked at for seconds, the fit judged."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.domain.intake import Fit, IntroCall, Sanity, judge_fit
from clientdesk.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class IntakeBrief:
    """What the intro call came to."""

    client: str
    is_new_client: bool
    fit: Fit
    sanity: tuple[Sanity, ...]


def hold_intro_call(desk: Desk, call: IntroCall) -> IntakeBrief:
    """Keep the call (a known client is updated), look at each repository, and judge the fit."""
    sanity = tuple(desk.checkouts.look(repository) for repository in call.repositories)
    client = desk.store.register(call, desk.clock.now())
    return IntakeBrief(client.id, client.is_new, judge_fit(call, desk.agency.partners), sanity)
