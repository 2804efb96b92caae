"""The outcome report of a sprint: written once, told to the team, and drafted for the client."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from clientdesk.documents.outcome import outcome_letter, outcome_view
from clientdesk.documents.sprint_facts import Approved, LeftItem, OutcomeFacts
from clientdesk.domain.money import Money
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item, ItemState
from clientdesk.ports.mail import MessageState
from clientdesk.ports.sprints import ItemMove, Moment, SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.sprint_papers import mailed, printed
from clientdesk.steps.sprint_sheet import facts_of, in_team_language
from clientdesk.steps.sprint_targets import targets_of

_LETTER = "sprint-outcome"


def publish_outcome(desk: Desk, window: str) -> tuple[str, ...]:
    """Write the report, tell the team, draft the client's mail, and close the window; returns the team's mail's id.

    The client's mail waits for the account lead: it names hours, and work that is proposed at a price. The window is
    closed last, so that whatever was broken off is taken up again.
    """
    sprint = desk.sprints.sprint(window)
    facts = cache(lambda: outcome_facts(desk, sprint))
    name = sprint.outcome or _printed(desk, sprint, facts())
    _, told = mailed(desk, sprint, _LETTER, lambda place: _letter(desk, facts(), place), name, MessageState.DRAFT)
    desk.sprints.keep_outcome(window, name)
    desk.windows.close(window, desk.clock.now())
    return (told.id,)


def outcome_facts(desk: Desk, sprint: SprintRecord) -> OutcomeFacts:
    """All that is known of a sprint that was closed."""
    facts = facts_of(desk, sprint, Moment.END)
    hourly = Money(desk.agency.rates.sprint, desk.agency.rates.currency)
    spent: dict[str, int] = {}
    for each in desk.sprints.times(sprint.window):
        spent[each.item] = spent.get(each.item, 0) + each.minutes
    return OutcomeFacts(
        sprint=replace(
            facts,
            items=tuple(item for item in facts.items if item.state is ItemState.DONE),
            next_window=desk.windows.window(sprint.next_window).window if sprint.next_window else None,
        ),
        closed_at=sprint.closed_at or desk.clock.now(),
        left=tuple(_left(item, move, hourly) for item, move in desk.sprints.left(sprint.window)),
        spent=spent,
        extensions=tuple(
            Approved(each.minutes, each.approved_by, each.how) for each in desk.sprints.extensions(sprint.window)
        ),
        targets=targets_of(desk, sprint, facts.repositories),
        rotated=_rotated(desk, sprint),
        hourly=hourly,
    )


def _left(item: Item, move: ItemMove, hourly: Money) -> LeftItem:
    is_project = move.after is ItemState.MINI_PROJECT
    price = Money.of(hourly.amount * Decimal(item.work.minutes) / 60, hourly.currency) if is_project else None
    return LeftItem(item, move.why, move.rolls, is_project, price)


def _rotated(desk: Desk, sprint: SprintRecord) -> tuple[RegisteredSecret, ...]:
    since = desk.calendar.local(sprint.started_at).date()
    return tuple(
        secret for secret in desk.secrets.secrets_of(sprint.client) if secret.rotated_on and secret.rotated_on >= since
    )


def _letter(desk: Desk, facts: OutcomeFacts, place: str) -> dict[str, object]:
    told = replace(facts, sprint=in_team_language(desk, facts.sprint)) if place else facts
    return outcome_letter(told, desk.agency, place, to_team=bool(place))


def _printed(desk: Desk, sprint: SprintRecord, facts: OutcomeFacts) -> str:
    with desk.progress.step("Outcome report"):
        made_at = sprint.closed_at or desk.clock.now()
        return printed(desk, sprint, "outcome", "outcome-report", outcome_view(facts, desk.agency), made_at)
