"""What a sprint's run shows on its page: the items as a table, and in a sentence how it stands."""

from __future__ import annotations

from clientdesk.documents.markdown import text
from clientdesk.domain.sprint import Item, ItemState, said
from clientdesk.ports.sprints import SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.sprint_work import hours_left

_HOUR = 60


def item_table(desk: Desk, window: str) -> list[dict[str, str]]:
    """A row for each item that is or was in the sprint, with the id that `sprint-log` and `sprint-done` take."""
    sprint = desk.sprints.sprint(window)
    left = [item for item, _ in desk.sprints.left(window)]
    return [_row(desk, sprint, item) for item in (*desk.sprints.items_in(window), *left)]


def in_a_sentence(desk: Desk, window: str) -> str:
    """Who, when, how many hours, what is done."""
    sprint = desk.sprints.sprint(window)
    logged, agreed = hours_left(desk, sprint)
    items = desk.sprints.items_in(window)
    done = sum(item.state is ItemState.DONE for item in items)
    whose = f"{desk.store.client(sprint.client).company}, {desk.windows.window(window).window.day}"
    hours = f"{_hours(logged)} of {_hours(agreed)} h"
    if sprint.closed_at:
        left = len(desk.sprints.left(window))
        return f"{whose}: closed, {done} done, {left} left, {hours}."
    planned = sum(item.is_planned for item in items)
    return f"{whose}: {planned} of {len(items)} items fit, {done} done, {hours}."


def _row(desk: Desk, sprint: SprintRecord, item: Item) -> dict[str, str]:
    logged = sum(each.minutes for each in desk.sprints.times(sprint.window) if each.item == item.id)
    is_left_out = item.state is ItemState.IN_SPRINT and not item.is_planned
    return {
        "Item": item.id[:12],
        "Work": text(item.work.title, 160),
        "State": "does not fit" if is_left_out else said(item.state),
        "Estimate": f"{_hours(item.work.minutes)} h",
        "Logged": f"{_hours(logged)} h",
        "Rolled": str(item.rolls),
    }


def _hours(minutes: int) -> str:
    return f"{minutes / _HOUR:.2f}".rstrip("0").rstrip(".")
