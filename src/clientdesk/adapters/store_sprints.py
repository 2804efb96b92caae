"""Sprints: begun once, planned once, closed once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters import store_sprint_items as kept_items
from clientdesk.adapters.sprint_tables import (
    SprintItemRow,
    SprintLookRow,
    SprintRow,
    SprintWatchRow,
)
from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked_or_added
from clientdesk.domain.sprint import (
    Item,
    ItemState,
    Work,
    in_sprint,
    rolled,
    taken_up,
    why_rolled,
)
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.sprints import Beginning, Moment, RepositoryLook, SprintRecord

_US = "clientdesk"
_WATCH = "due sprints"


def begin(session: Session, beginning: Beginning) -> SprintRecord:
    fresh = SprintRow(
        window=beginning.window,
        client=beginning.client,
        proposal=beginning.proposal or None,
        box_minutes=beginning.box_minutes,
        due_at=beginning.due_at,
        started_at=beginning.started_at,
        late_why=beginning.late_why,
        sheet="",
        outcome="",
    )
    locked_client(session, beginning.client)
    return record(locked_or_added(session, fresh, SprintRow.window == beginning.window)[0])


def sprint(session: Session, window: str) -> SprintRecord:
    return record(_row(session, window))


def sprint_of(session: Session, window: str) -> SprintRecord | None:
    row = session.scalars(select(SprintRow).where(SprintRow.window == window)).one_or_none()
    return record(row) if row else None


def sprints(session: Session, client: str) -> tuple[SprintRecord, ...]:
    rows = select(SprintRow).order_by(SprintRow.due_at.desc(), SprintRow.entry.desc())
    return tuple(map(record, session.scalars(rows.where(SprintRow.client == client) if client else rows)))


def keep_look(session: Session, look: RepositoryLook) -> RepositoryLook:
    locked_sprint(session, look.window)
    fresh = SprintLookRow(
        window=look.window,
        moment=look.moment.value,
        repository=look.repository,
        ref=look.ref,
        audit=look.audit or None,
        before=look.before or None,
        problem=look.problem,
    )
    same = (
        SprintLookRow.window == look.window,
        SprintLookRow.moment == look.moment.value,
        SprintLookRow.repository == look.repository,
        SprintLookRow.ref == look.ref,
    )
    return _look(locked_or_added(session, fresh, *same)[0])


def looks(session: Session, window: str, moment: Moment) -> tuple[RepositoryLook, ...]:
    rows = select(SprintLookRow).where(SprintLookRow.window == window, SprintLookRow.moment == moment.value)
    return tuple(map(_look, session.scalars(rows.order_by(SprintLookRow.entry))))


def plan(session: Session, window: str, found: Sequence[Work], at: datetime) -> tuple[Item, ...]:
    row = locked_sprint(session, window)
    if row.planned_at is None:
        row.planned_at = at
        waiting = _taken_up(session, row, found, at)
        after = {each.id: each for each in in_sprint(waiting, window, row.box_minutes)}
        pairs = [(before, after[before.id], "") for before in waiting]
        kept_items.change_all(session, pairs, _US, at)
    return kept_items.items_in(session, window)


def _taken_up(session: Session, row: SprintRow, found: Sequence[Work], at: datetime) -> list[Item]:
    """All that waits for this client, with what is found."""
    known = kept_items.items(session, row.client)
    renewed, new = taken_up(known, found)
    by_id = {each.id: each for each in known} | {each.id: each for each in renewed}
    fresh = [kept_items.added(session, row.client, row.proposal or "", work, _US, at) for work in new]
    return [each for each in by_id.values() if each.state is ItemState.WAITING] + fresh


def keep_sheet(session: Session, window: str, document: str) -> SprintRecord:
    row = locked_sprint(session, window)
    row.sheet = row.sheet or document
    return record(row)


def close(session: Session, window: str, next_window: str, at: datetime) -> SprintRecord:
    row = locked_sprint(session, window)
    if row.closed_at is None:
        row.closed_at, row.next_window = at, next_window or None
        spent = kept_items.minutes_on(session, window)
        unfinished = [each for each in kept_items.items_in(session, window) if each.state is ItemState.IN_SPRINT]
        pairs = [(each, rolled(each, next_window), why_rolled(each, spent.get(each.id, 0))) for each in unfinished]
        kept_items.change_all(session, pairs, _US, at)
    return record(row)


def keep_outcome(session: Session, window: str, document: str) -> SprintRecord:
    row = locked_sprint(session, window)
    row.outcome = row.outcome or document
    return record(row)


def pass_over(session: Session, window: str, next_window: str, by: str, at: datetime, why: str) -> tuple[Item, ...]:
    waiting = SprintItemRow.window == window, SprintItemRow.state == ItemState.WAITING.value
    rows = session.scalars(select(SprintItemRow).where(*waiting)).all()
    for client in sorted({row.client for row in rows}):
        locked_client(session, client)
    still = session.scalars(select(SprintItemRow).where(*waiting).execution_options(populate_existing=True)).all()
    pairs = [(each, rolled(each, next_window), why) for each in map(kept_items.record, still)]
    return kept_items.change_all(session, pairs, by, at)


def looked_for_due(session: Session, at: datetime) -> datetime | None:
    row, is_new = locked_or_added(session, SprintWatchRow(name=_WATCH, at=at), SprintWatchRow.name == _WATCH)
    before = None if is_new else row.at
    row.at = max(row.at, at)
    return before


def record(row: SprintRow) -> SprintRecord:
    return SprintRecord(
        row.window,
        row.client,
        row.proposal or "",
        row.box_minutes,
        row.due_at,
        row.started_at,
        row.late_why,
        row.planned_at,
        row.sheet,
        row.closed_at,
        row.next_window or "",
        row.outcome,
    )


def _look(row: SprintLookRow) -> RepositoryLook:
    moment = Moment(row.moment)
    return RepositoryLook(row.window, moment, row.repository, row.ref, row.audit or "", row.before or "", row.problem)


def locked_sprint(session: Session, window: str) -> SprintRow:
    """Whoever changes anything about a client's sprints holds the client first."""
    locked_client(session, _row(session, window).client)
    rows = select(SprintRow).where(SprintRow.window == window).execution_options(populate_existing=True)
    return session.scalars(rows).one()


def _row(session: Session, window: str) -> SprintRow:
    row = session.scalars(select(SprintRow).where(SprintRow.window == window)).one_or_none()
    if row is None:
        raise UnknownRecord(f"no sprint of the window {window!r} has begun")
    return row
