"""Sprints begin when their windows do, each once; a start that is late says by how much and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientdesk.documents.sprint_facts import Late, LateBecause
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import ItemState, lateness
from clientdesk.domain.windows import WindowState
from clientdesk.ports.sprints import Beginning, SprintRecord
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk

_WILL_NOT_BE = {WindowState.SKIPPED, WindowState.CANCELLED}


@dataclass(frozen=True, slots=True)
class DueSprints:
    """The windows whose kick-off is due or was never finished, and those that could not begin, with the reason."""

    windows: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()


def begin_due(desk: Desk) -> DueSprints:
    """Begin every sprint whose time has come, before any of them is audited: they may be many, and audits are long.

    Run again it begins nothing twice; a kick-off that was broken off is named again until its sheet is written.
    """
    now = desk.clock.now()
    looked = desk.sprints.looked_for_due(now)
    refused: list[tuple[str, str]] = []
    broken_off = [record for record in _running(desk) if desk.sprints.sprint_of(record.id) is None]
    for record in (*desk.windows.due_to_start(now), *broken_off):
        try:
            _begin(desk, record, _because(record, looked))
        except Refusal as refusal:  # the next client's sprint must not wait for it
            refused.append((record.id, str(refusal)))
    return DueSprints(tuple(record.id for record in _unfinished(desk)), tuple(refused))


def begin(desk: Desk, window: str) -> SprintRecord:
    """Begin one by hand; one that has begun is returned as it is."""
    record = desk.windows.window(window)
    if record.state is WindowState.BOOKED and desk.clock.now() < record.window.starts_at:
        raise Refusal(f"this window begins on {record.window.day}: reschedule it if the sprint is to begin now")
    return _begin(desk, record, LateBecause.BY_HAND.value)


def roll_over_passed(desk: Desk) -> int:
    """The items that wait for a window which was skipped or cancelled roll on; returns how many."""
    now, count = desk.clock.now(), 0
    waited_for = {each.window for each in desk.sprints.items() if each.state is ItemState.WAITING and each.window}
    for window in sorted(waited_for):
        record = desk.windows.window(window)
        if record.state in _WILL_NOT_BE:
            following = desk.windows.next_after(window)
            count += len(
                desk.sprints.pass_over(window, following.id if following else "", "clientdesk", now, record.state.value)
            )
    return count


def late_of(sprint: SprintRecord) -> Late | None:
    """None for a start on time."""
    by = lateness(sprint.due_at, sprint.started_at)
    if not by or not sprint.late_why:
        return None
    because, _, since = sprint.late_why.partition(" ")
    return Late(by, LateBecause(because), datetime.fromisoformat(since) if since else None)


def _running(desk: Desk) -> tuple[WindowRecord, ...]:
    return desk.windows.windows(states={WindowState.STARTED})


def _unfinished(desk: Desk) -> list[WindowRecord]:
    return [record for record in _running(desk) if not _is_announced(desk.sprints.sprint_of(record.id))]


def _is_announced(sprint: SprintRecord | None) -> bool:
    return sprint is not None and bool(sprint.sheet or sprint.closed_at)


def _begin(desk: Desk, record: WindowRecord, because: str) -> SprintRecord:
    now = desk.clock.now()
    desk.windows.start(record.id, now)
    is_late = bool(lateness(record.window.starts_at, now))
    return desk.sprints.begin(
        Beginning(
            record.id,
            record.client,
            record.proposal,
            int(record.hours * 60),
            record.window.starts_at,
            now,
            because if is_late else "",
        )
    )


def _because(record: WindowRecord, looked: datetime | None) -> str:
    """Whoever looked last before the window began was the last to be there; who looked later failed to begin it."""
    if looked is None:
        return LateBecause.FIRST.value
    if looked < record.window.starts_at:
        return f"{LateBecause.DOWN.value} {looked.isoformat()}"
    return LateBecause.FAILED.value
