"""Sprints end with their box: what is unfinished rolls on, and what the work took is kept for later estimates."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clientdesk.domain.sprint import Item, ItemState, NotNow, Source, work_key
from clientdesk.domain.windows import WindowState
from clientdesk.ports.sprints import SprintRecord
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.experience import NotRecorded, record_hours
from clientdesk.steps.publishing import kept_proposal

# After the box is over, so that the last minutes can be put down before it is reckoned.
_PUT_DOWN = timedelta(hours=1)
_BY, _HUNDREDTH = "clientdesk", Decimal("0.01")


def due_to_close(desk: Desk) -> tuple[str, ...]:
    """The sprints whose box is over for an hour, and those whose closing was broken off; oldest first."""
    now = desk.clock.now()
    return tuple(record.id for record in desk.windows.due_to_close(now) if _is_over(desk, record, now))


def ends_at(desk: Desk, record: WindowRecord) -> datetime:
    """The window's end; where it began only after that, the end of the office hours that it began in or before."""
    sprint = desk.sprints.sprint_of(record.id)
    if sprint is None or sprint.started_at < record.window.ends_at:
        return record.window.ends_at
    day = desk.calendar.working_day_from(desk.calendar.local(sprint.started_at).date())
    opening = desk.calendar.opening(day)
    if sprint.started_at < opening.closes:
        return opening.closes
    return desk.calendar.opening(desk.calendar.working_day_from(day + timedelta(days=1))).closes


def must_have_begun(desk: Desk, window: str) -> SprintRecord:
    """Raises `NotNow` for a window whose sprint has not begun."""
    record = desk.windows.window(window)
    if record.state not in {WindowState.STARTED, WindowState.CLOSED} or desk.sprints.sprint_of(window) is None:
        raise NotNow(f"the sprint of {record.window.day} has not begun: its window is {record.state.value}")
    return desk.sprints.sprint(window)


def close(desk: Desk, window: str) -> SprintRecord:
    """Roll what is unfinished to the client's next window, once, and keep what the finished work took."""
    following = desk.windows.next_after(window)
    closed = desk.sprints.close(window, following.id if following else "", desk.clock.now())
    for item in desk.sprints.items_in(window):
        if item.work.source is Source.PROPOSAL and item.state is ItemState.DONE:
            with suppress(NotRecorded):  # nothing to compare with: then nothing is learnt from it
                _keep_actual(desk, item)
    return closed


def minutes_spent(desk: Desk, item: Item) -> int:
    """In all the windows in which it was."""
    windows = {move.window_after for move in desk.sprints.item_moves(item.id) if move.window_after}
    return sum(each.minutes for window in windows for each in desk.sprints.times(window) if each.item == item.id)


def _is_over(desk: Desk, record: WindowRecord, now: datetime) -> bool:
    sprint = desk.sprints.sprint_of(record.id)
    if sprint is None or not (sprint.sheet or sprint.closed_at):
        return False  # its kick-off comes first
    return sprint.closed_at is not None or ends_at(desk, record) + _PUT_DOWN <= now


def _keep_actual(desk: Desk, item: Item) -> None:
    record = desk.store.proposal(item.proposal)
    minutes = minutes_spent(desk, item)
    spent = (Decimal(minutes) / 60).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    for each in kept_proposal(desk, record).estimate.items:
        if minutes and work_key(record.id, each.key, each.cause) == item.work.key and not _is_kept(desk, item, spent):
            record_hours(desk, record, each.priority, spent, item.done.by if item.done else _BY, "sprint")


def _is_kept(desk: Desk, item: Item, spent: Decimal) -> bool:
    return any(
        work_key(each.proposal, each.key, each.cause) == item.work.key and each.spent == spent
        for each in desk.store.actuals()
    )
