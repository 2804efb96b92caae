"""The outcome report of a sprint: written once, told to the team, and drafted for the client."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from clientdesk.documents.outcome import outcome_letter, outcome_view
from clientdesk.documents.sprint_facts import Approved, LeftItem, OutcomeFacts
from clientdesk.domain.money import Money
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item, ItemState
from clientdesk.ports.documents import Attachment
from clientdesk.ports.mail import Message, MessageState
from clientdesk.ports.sprints import ItemMove, Moment, SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client, mail_to_team
from clientdesk.steps.sprint_sheet import document_name, facts_of, in_team_language, mail_key
from clientdesk.steps.sprint_targets import targets_of

_LETTER = "sprint-outcome"


def publish_outcome(desk: Desk, window: str) -> tuple[str, ...]:
    """Write the report, tell the team, draft the client's mail, and close the window; returns the team's mail's id.

    The client's mail waits for the account lead: it names hours, and work that is proposed at a price. The window is
    closed last, so that whatever was broken off is taken up again.
    """
    sprint = desk.sprints.sprint(window)
    name = sprint.outcome or _printed(desk, sprint)
    _to_client(desk, sprint, name)
    told = _to_team(desk, sprint, name)
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


def _printed(desk: Desk, sprint: SprintRecord) -> str:
    with desk.progress.step("Outcome report"):
        view, name = outcome_view(outcome_facts(desk, sprint), desk.agency), document_name(desk, sprint, "outcome")
        made_at = sprint.closed_at or desk.clock.now()
        desk.documents.put(name, desk.press.pdf("outcome-report", view, made_at))
        desk.documents.put(name.removesuffix(".pdf") + ".html", desk.press.html("outcome-report", view).encode())
    return name


def _to_client(desk: Desk, sprint: SprintRecord, name: str) -> Message:
    call = desk.store.latest_call(sprint.client)
    key = mail_key(sprint, call.contacts[0].email, _LETTER)
    known = desk.store.message_for(key)
    if known is not None:
        return known
    letter = outcome_letter(outcome_facts(desk, sprint), desk.agency, "", to_team=False)
    attached = Attachment(name.rpartition("/")[2], desk.documents.get(name), "application/pdf")
    mail = mail_to_client(desk, call, key, desk.press.email(_LETTER, letter), (attached,), state=MessageState.DRAFT)
    return desk.store.add_message(mail, desk.clock.now())


def _to_team(desk: Desk, sprint: SprintRecord, name: str) -> Message:
    key = mail_key(sprint, desk.agency.seller.email, f"{_LETTER}-team")
    known = desk.store.message_for(key)
    if known is not None:
        return known
    facts = outcome_facts(desk, sprint)
    told = replace(facts, sprint=in_team_language(desk, facts.sprint))
    letter = outcome_letter(told, desk.agency, desk.documents.place(name), to_team=True)
    return desk.store.add_message(mail_to_team(desk, key, desk.press.email(_LETTER, letter)), desk.clock.now())
