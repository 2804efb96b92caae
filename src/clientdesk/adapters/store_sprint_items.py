"""Sprint items: each a row in one place, and a line for every change of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clientdesk.adapters.sprint_tables import SprintItemMoveRow, SprintItemRow, SprintTimeRow
from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_tables import new_id
from clientdesk.domain.sprint import Done, Item, ItemState, Priority, Source, Work, in_order, moved
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.sprints import ItemMove


def add(session: Session, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
    locked_client(session, client)
    known = session.scalars(
        select(SprintItemRow).where(SprintItemRow.client == client, SprintItemRow.key == work.key)
    ).one_or_none()
    return record(known) if known else added(session, client, proposal, work, by, at)


def added(session: Session, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
    """A new row; the client is locked already, and has none of this key."""
    item = Item(new_id(), client, proposal, work)
    session.add(_filled(SprintItemRow(), item))
    session.flush()
    _note(session, None, item, by, at, work.note)
    return item


def item(session: Session, item: str) -> Item:
    return record(_row(session, item))


def items(session: Session, client: str) -> tuple[Item, ...]:
    rows = select(SprintItemRow).order_by(SprintItemRow.entry)
    return tuple(map(record, session.scalars(rows.where(SprintItemRow.client == client) if client else rows)))


def items_in(session: Session, window: str) -> tuple[Item, ...]:
    there = (ItemState.IN_SPRINT, ItemState.DONE)
    rows = select(SprintItemRow).where(SprintItemRow.window == window, SprintItemRow.state.in_(there))
    return tuple(in_order(map(record, session.scalars(rows))))


def moves(session: Session, item: str) -> tuple[ItemMove, ...]:
    _row(session, item)
    rows = select(SprintItemMoveRow).where(SprintItemMoveRow.item == item).order_by(SprintItemMoveRow.entry)
    return tuple(map(_move, session.scalars(rows)))


def left(session: Session, window: str) -> tuple[tuple[Item, ItemMove], ...]:
    """Out of the sprint, whatever became of them since."""
    rows = (
        select(SprintItemMoveRow)
        .where(SprintItemMoveRow.window_before == window, SprintItemMoveRow.before == ItemState.IN_SPRINT)
        .where(SprintItemMoveRow.after.in_((ItemState.WAITING, ItemState.MINI_PROJECT, ItemState.DROPPED)))
        .order_by(SprintItemMoveRow.entry)
    )
    return tuple((record(_row(session, row.item)), _move(row)) for row in session.scalars(rows))


def change(session: Session, before: Item, after: Item, by: str, at: datetime, why: str) -> None:
    """Write what has become of the item; only its place makes a line of its history."""
    _filled(_row(session, before.id), after)
    if (before.state, before.window, before.rolls) != (after.state, after.window, after.rolls):
        _note(session, before, after, by, at, why)
    session.flush()


def change_all(session: Session, pairs: Iterable[tuple[Item, Item, str]], by: str, at: datetime) -> tuple[Item, ...]:
    """Before, after and why of each."""
    done: list[Item] = []
    for before, after, why in pairs:
        change(session, before, after, by, at, why)
        done.append(after)
    return tuple(done)


def decide(session: Session, item: str, to: ItemState, by: str, at: datetime, why: str) -> Item:
    locked_client(session, _row(session, item).client)
    before = record(_row(session, item))
    after = replace(before, state=moved(before, to), window="", is_planned=False)
    change(session, before, after, by, at, why)
    return after


def minutes_on(session: Session, window: str) -> dict[str, int]:
    """Minutes logged in a window, by item."""
    rows = (
        select(SprintTimeRow.item, func.sum(SprintTimeRow.minutes).label("minutes"))
        .where(SprintTimeRow.window == window)
        .group_by(SprintTimeRow.item)
    )
    return {row.item: int(row.minutes) for row in session.execute(rows)}


def record(row: SprintItemRow) -> Item:
    covers: Sequence[str] = json.loads(row.covers)
    work = Work(
        row.key,
        Source(row.source),
        row.title,
        row.minutes,
        Priority(row.priority),
        row.place,
        tuple(covers),
        row.note,
    )
    done = Done(row.done_by, row.done_at, row.evidence) if row.done_at else None
    state = ItemState(row.state)
    return Item(row.id, row.client, row.proposal or "", work, state, row.window or "", row.is_planned, row.rolls, done)


def _filled(row: SprintItemRow, item: Item) -> SprintItemRow:
    work, done = item.work, item.done
    row.id, row.client, row.proposal = item.id, item.client, item.proposal or None
    row.key, row.source, row.title, row.minutes = work.key, work.source.value, work.title, work.minutes
    row.priority, row.place, row.note = work.priority.value, work.place, work.note
    row.covers = json.dumps(work.covers)
    row.state, row.window = item.state.value, item.window or None
    row.is_planned, row.rolls = item.is_planned, item.rolls
    row.done_by, row.done_at, row.evidence = (done.by, done.at, done.evidence) if done else ("", None, "")
    return row


def _note(session: Session, before: Item | None, after: Item, by: str, at: datetime, why: str) -> None:
    session.add(
        SprintItemMoveRow(
            item=after.id,
            before=before.state.value if before else "",
            after=after.state.value,
            window_before=(before.window or None) if before else None,
            window_after=after.window or None,
            rolls=after.rolls,
            by=by,
            at=at,
            why=why,
        )
    )


def _move(row: SprintItemMoveRow) -> ItemMove:
    before = ItemState(row.before) if row.before else None
    after, was, now = ItemState(row.after), row.window_before or "", row.window_after or ""
    return ItemMove(before, after, was, now, row.rolls, row.by, row.at, row.why)


def _row(session: Session, item: str) -> SprintItemRow:
    row = session.scalars(select(SprintItemRow).where(SprintItemRow.id == item)).one_or_none()
    if row is None:
        raise UnknownRecord(f"there is no sprint item {item!r}")
    return row
