"""What people put down in a sprint that runs: hours within the box, finished work, extensions of the box."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters import store_sprint_items as kept_items
from clientdesk.adapters.sprint_tables import SprintExtensionRow, SprintItemRow, SprintRow, SprintTimeRow
from clientdesk.adapters.store_sprints import locked_sprint, sprint_of
from clientdesk.domain.sprint import OPEN, BadEntry, Done, Item, ItemState, NotNow, moved, must_fit, said
from clientdesk.ports.sprints import Extension, TimeEntry


def log(session: Session, item: str, minutes: int, by: str, at: datetime, note: str) -> TimeEntry:
    row, there = _running(session, item)
    if not by.strip() or (minutes < 0 and not note.strip()):
        raise BadEntry("time names who worked, and a correction says why")
    logged = kept_items.minutes_on(session, row.window)
    extended = [each.minutes for each in extensions(session, row.window)]
    must_fit(minutes, sum(logged.values()), logged.get(item, 0), row.box_minutes, extended)
    session.add(SprintTimeRow(item=there.id, window=row.window, minutes=minutes, by=by, at=at, note=note))
    session.flush()
    return TimeEntry(there.id, row.window, minutes, by, at, note)


def times(session: Session, window: str) -> tuple[TimeEntry, ...]:
    rows = select(SprintTimeRow).where(SprintTimeRow.window == window).order_by(SprintTimeRow.entry)
    return tuple(
        TimeEntry(row.item, row.window, row.minutes, row.by, row.at, row.note) for row in session.scalars(rows)
    )


def finish(session: Session, item: str, by: str, at: datetime, evidence: str) -> Item:
    if not by.strip() or not evidence.strip():
        raise BadEntry("work is done when somebody says so by name and shows it: give the evidence")
    known = kept_items.item(session, item)
    if known.done and (known.done.by, known.done.evidence) == (by, evidence):
        return known
    _, before = _running(session, item)
    after = replace(before, state=moved(before, ItemState.DONE), done=Done(by, at, evidence))
    kept_items.change(session, before, after, by, at, evidence)
    return after


def extend(session: Session, extension: Extension) -> Extension:
    _must_run(locked_sprint(session, extension.window))
    if extension.minutes < 1 or not extension.approved_by.strip() or not extension.how.strip():
        raise BadEntry("an extension has minutes, and names who approved it and how")
    session.add(
        SprintExtensionRow(
            window=extension.window,
            minutes=extension.minutes,
            approved_by=extension.approved_by,
            how=extension.how,
            recorded_by=extension.recorded_by,
            at=extension.at,
        )
    )
    session.flush()
    return extension


def extensions(session: Session, window: str) -> tuple[Extension, ...]:
    rows = select(SprintExtensionRow).where(SprintExtensionRow.window == window).order_by(SprintExtensionRow.entry)
    return tuple(
        Extension(row.window, row.minutes, row.approved_by, row.how, row.recorded_by, row.at)
        for row in session.scalars(rows)
    )


def _running(session: Session, item: str) -> tuple[SprintRow, Item]:
    """The sprint that an item is in, locked, and the item as it is then."""
    there = kept_items.item(session, item)
    if not there.window or there.state not in OPEN | {ItemState.DONE}:
        raise NotNow(f"{there.work.title!r} is in no sprint: it is {said(there.state)}")
    row = locked_sprint(session, there.window) if sprint_of(session, there.window) else None
    there = _fresh(session, item)
    if row is None or there.state is ItemState.WAITING:
        raise NotNow(f"{there.work.title!r} waits for its sprint, which has not begun")
    _must_run(row)
    return row, there


def _fresh(session: Session, item: str) -> Item:
    rows = select(SprintItemRow).where(SprintItemRow.id == item).execution_options(populate_existing=True)
    return kept_items.record(session.scalars(rows).one())


def _must_run(row: SprintRow) -> None:
    if row.closed_at is not None:
        raise NotNow(f"this sprint was closed on {row.closed_at:%Y-%m-%d}: its hours and items are settled")
