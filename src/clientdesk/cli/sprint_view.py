"""Sprints as the terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.proposal_text import fact, table
from clientdesk.documents.sprint_parts import hours_of
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item, ItemState, said
from clientdesk.ports.sprints import SprintRecord
from clientdesk.steps.looking_up import short
from clientdesk.steps.publishing import TEAM
from clientdesk.steps.sprint_start import late_of
from clientdesk.steps.sprint_work import hours_left
from clientdesk.wiring import desk

_GONE = {ItemState.DONE, ItemState.DROPPED, ItemState.ORDERED}


def listed(sprints: Sequence[SprintRecord]) -> list[str]:
    """A line for each: window, day, state, hours, what is done, client."""
    return table([("window", "day", "state", "hours", "done", "client"), *(_row(each, sprints) for each in sprints)])


def _row(sprint: SprintRecord, among: Sequence[SprintRecord]) -> tuple[str, ...]:
    items, logged_agreed = desk().sprints.items_in(sprint.window), hours_left(desk(), sprint)
    done = sum(each.state is ItemState.DONE for each in items)
    return (
        short(sprint.window, [each.window for each in among]),
        str(desk().windows.window(sprint.window).window.day),
        "closed" if sprint.closed_at else "running",
        " of ".join(_hours(minutes) for minutes in logged_agreed) + " h",
        f"{done} of {len(items) + len(desk().sprints.left(sprint.window))}",
        desk().store.client(sprint.client).company,
    )


def shown(sprint: SprintRecord) -> Iterator[str]:
    """All that is known of one, its items with their ids."""
    figures = _figures()
    logged, agreed = hours_left(desk(), sprint)
    yield fact("Client", desk().store.client(sprint.client).company)
    yield fact("Begun", figures.day_and_time(sprint.started_at))
    if late := late_of(sprint):
        since = f" since {figures.day_and_time(late.since)}" if late.since else ""
        yield fact("Late", f"{late.by} ({late.because.value.replace('_', ' ')}{since})")
    yield fact("Closed", figures.day_and_time(sprint.closed_at) if sprint.closed_at else "not yet")
    yield fact("Hours", f"{_hours(logged)} of {_hours(agreed)} h")
    for each in desk().sprints.extensions(sprint.window):
        yield fact("Extended", f"{_hours(each.minutes)} h, approved by {printable(each.approved_by, 60)} ({each.how})")
    for name, document in (("Sheet", sprint.sheet), ("Outcome", sprint.outcome)):
        if document:
            yield fact(name, desk().documents.place(document))
    yield ""
    yield from items_listed(desk().sprints.items_in(sprint.window))
    if gone := desk().sprints.left(sprint.window):
        yield from ("", "Not finished in it")
        yield from items_listed([item for item, _ in gone])


def items_listed(items: Sequence[Item]) -> list[str]:
    """A line for each item: id, where it is, hours estimated and logged, rolls, title."""
    if not items:
        return ["no item"]
    ids = [each.id for each in items]
    head = ("item", "state", "estimate", "logged", "rolled", "priority", "title")
    return table([head, *(_item_row(each, ids) for each in items)])


def _item_row(item: Item, ids: Sequence[str]) -> tuple[str, ...]:
    logged = sum(each.minutes for each in desk().sprints.times(item.window) if each.item == item.id)
    is_left_out = item.state is ItemState.IN_SPRINT and not item.is_planned
    return (
        short(item.id, ids),
        "does not fit" if is_left_out else said(item.state),
        f"{_hours(item.work.minutes)} h",
        f"{_hours(logged)} h" if item.window else "-",
        str(item.rolls),
        item.work.priority.value,
        item.work.title,
    )


def still_open(items: Sequence[Item]) -> list[Item]:
    """What is neither done nor decided."""
    return [each for each in items if each.state not in _GONE]


def secrets_listed(secrets: Sequence[RegisteredSecret]) -> list[str]:
    """A line for each secret; those that are due say so."""
    today = desk().today()
    rows = [
        (
            each.name,
            each.place,
            each.owner,
            str(each.rotated_on or "not known"),
            f"every {each.every_days} days",
            "due" if each.is_due(today) else f"due {each.due_on}",
        )
        for each in secrets
    ]
    return table([("name", "place", "owner", "rotated", "interval", ""), *rows])


def _hours(minutes: int) -> str:
    return hours_of(minutes, _figures())


def _figures() -> Figures:
    return Figures(TEAM, desk().agency.office_hours.zone)
