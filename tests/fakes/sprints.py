"""Sprints and the register of secrets in memory, with the promises of their ports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import (
    BadEntry,
    Done,
    Item,
    ItemState,
    NotNow,
    Work,
    in_order,
    in_sprint,
    moved,
    must_fit,
    rolled,
    taken_up,
    why_rolled,
)
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.sprints import (
    Beginning,
    Extension,
    ItemMove,
    Moment,
    RepositoryLook,
    SprintRecord,
    TimeEntry,
)

_S = ItemState
_US = "clientdesk"


class MemorySprints:
    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._moves: dict[str, list[ItemMove]] = {}
        self._sprints: dict[str, SprintRecord] = {}
        self._looks: list[RepositoryLook] = []
        self._times: list[TimeEntry] = []
        self._extensions: list[Extension] = []
        self._looked_at: datetime | None = None
        self._ids = count(1)

    def add(self, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
        known = next((each for each in self.items(client) if each.work.key == work.key), None)
        return known or self._added(client, proposal, work, by, at)

    def item(self, item: str) -> Item:
        return _found(self._items, item)

    def items(self, client: str = "") -> tuple[Item, ...]:
        return tuple(each for each in self._items.values() if client in {"", each.client})

    def items_in(self, window: str) -> tuple[Item, ...]:
        there = [each for each in self._items.values() if each.window == window]
        return tuple(in_order(each for each in there if each.state in {_S.IN_SPRINT, _S.DONE}))

    def item_moves(self, item: str) -> tuple[ItemMove, ...]:
        return tuple(self._moves[self.item(item).id])

    def left(self, window: str) -> tuple[tuple[Item, ItemMove], ...]:
        gone = {_S.WAITING, _S.MINI_PROJECT, _S.DROPPED}
        return tuple(
            (self._items[item], move)
            for item, moves in self._moves.items()
            for move in moves
            if move.window_before == window and move.before is _S.IN_SPRINT and move.after in gone
        )

    def begin(self, beginning: Beginning) -> SprintRecord:
        fresh = SprintRecord(
            beginning.window,
            beginning.client,
            beginning.proposal,
            beginning.box_minutes,
            beginning.due_at,
            beginning.started_at,
            beginning.late_why,
        )
        return self._sprints.setdefault(beginning.window, fresh)

    def sprint(self, window: str) -> SprintRecord:
        return _found(self._sprints, window)

    def sprint_of(self, window: str) -> SprintRecord | None:
        return self._sprints.get(window)

    def sprints(self, client: str = "") -> tuple[SprintRecord, ...]:
        found = [each for each in self._sprints.values() if client in {"", each.client}]
        return tuple(sorted(found, key=lambda each: each.due_at, reverse=True))

    def keep_look(self, look: RepositoryLook) -> RepositoryLook:
        self.sprint(look.window)
        for known in self.looks(look.window, look.moment):
            if (known.repository, known.ref) == (look.repository, look.ref):
                return known
        self._looks.append(look)
        return look

    def looks(self, window: str, moment: Moment) -> tuple[RepositoryLook, ...]:
        return tuple(each for each in self._looks if (each.window, each.moment) == (window, moment))

    def plan(self, window: str, found: Sequence[Work], at: datetime) -> tuple[Item, ...]:
        sprint = self.sprint(window)
        if sprint.planned_at is None:
            self._sprints[window] = replace(sprint, planned_at=at)
            known = self.items(sprint.client)
            renewed, new = taken_up(known, found)
            for each in new:
                self._added(sprint.client, sprint.proposal, each, _US, at)
            now = {each.id: each for each in self.items(sprint.client)} | {each.id: each for each in renewed}
            waiting = [each for each in now.values() if each.state is _S.WAITING]
            for each in in_sprint(waiting, window, sprint.box_minutes):
                self._change(each, _US, at, "")
        return self.items_in(window)

    def keep_sheet(self, window: str, document: str) -> SprintRecord:
        sprint = self.sprint(window)
        self._sprints[window] = replace(sprint, sheet=sprint.sheet or document)
        return self._sprints[window]

    def log(self, item: str, minutes: int, by: str, at: datetime, note: str = "") -> TimeEntry:
        sprint = self._running(item)
        if not by.strip() or (minutes < 0 and not note.strip()):
            raise BadEntry("time names who worked, and a correction says why")
        logged = self.times(sprint.window)
        on_item = sum(each.minutes for each in logged if each.item == item)
        extended = [each.minutes for each in self.extensions(sprint.window)]
        must_fit(minutes, sum(each.minutes for each in logged), on_item, sprint.box_minutes, extended)
        entry = TimeEntry(item, sprint.window, minutes, by, at, note)
        self._times.append(entry)
        return entry

    def times(self, window: str) -> tuple[TimeEntry, ...]:
        return tuple(each for each in self._times if each.window == window)

    def finish(self, item: str, by: str, at: datetime, evidence: str) -> Item:
        if not by.strip() or not evidence.strip():
            raise BadEntry("work is done when somebody says so by name and shows it: give the evidence")
        known = self.item(item)
        if known.done and (known.done.by, known.done.evidence) == (by, evidence):
            return known
        self._running(item)
        return self._change(replace(known, state=moved(known, _S.DONE), done=Done(by, at, evidence)), by, at, evidence)

    def extend(self, extension: Extension) -> Extension:
        _must_run(self.sprint(extension.window))
        if extension.minutes < 1 or not extension.approved_by.strip() or not extension.how.strip():
            raise BadEntry("an extension has minutes, and names who approved it and how")
        self._extensions.append(extension)
        return extension

    def extensions(self, window: str) -> tuple[Extension, ...]:
        return tuple(each for each in self._extensions if each.window == window)

    def close(self, window: str, next_window: str, at: datetime) -> SprintRecord:
        sprint = self.sprint(window)
        if sprint.closed_at is None:
            self._sprints[window] = replace(sprint, closed_at=at, next_window=next_window)
            for each in [each for each in self.items_in(window) if each.state is _S.IN_SPRINT]:
                spent = sum(time.minutes for time in self.times(window) if time.item == each.id)
                self._change(rolled(each, next_window), _US, at, why_rolled(each, spent))
        return self._sprints[window]

    def keep_outcome(self, window: str, document: str) -> SprintRecord:
        sprint = self.sprint(window)
        self._sprints[window] = replace(sprint, outcome=sprint.outcome or document)
        return self._sprints[window]

    def pass_over(self, window: str, next_window: str, by: str, at: datetime, why: str) -> tuple[Item, ...]:
        waiting = [each for each in self.items() if (each.window, each.state) == (window, _S.WAITING)]
        return tuple(self._change(rolled(each, next_window), by, at, why) for each in waiting)

    def decide(self, item: str, to: ItemState, by: str, at: datetime, why: str) -> Item:
        before = self.item(item)
        return self._change(replace(before, state=moved(before, to), window="", is_planned=False), by, at, why)

    def looked_for_due(self, at: datetime) -> datetime | None:
        before, self._looked_at = self._looked_at, max(self._looked_at or at, at)
        return before

    def _added(self, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
        item = Item(f"item-{next(self._ids)}", client, proposal, work)
        self._items[item.id] = item
        self._moves[item.id] = [ItemMove(None, item.state, "", "", 0, by, at, work.note)]
        return item

    def _change(self, after: Item, by: str, at: datetime, why: str) -> Item:
        before, self._items[after.id] = self._items[after.id], after
        if (before.state, before.window, before.rolls) != (after.state, after.window, after.rolls):
            self._moves[after.id].append(
                ItemMove(before.state, after.state, before.window, after.window, after.rolls, by, at, why)
            )
        return after

    def _running(self, item: str) -> SprintRecord:
        known = self.item(item)
        sprint = self._sprints.get(known.window)
        if sprint is None or known.state not in {_S.IN_SPRINT, _S.DONE}:
            raise NotNow(f"{known.work.title!r} is in no sprint")
        _must_run(sprint)
        return sprint


class MemorySecretRegister:
    """`clients`: the ids that are known; None takes any."""

    def __init__(self, clients: Collection[str] | None = None) -> None:
        self._clients = clients
        self._kept: dict[tuple[str, str], RegisteredSecret] = {}

    def secrets_of(self, client: str) -> tuple[RegisteredSecret, ...]:
        return tuple(secret for (owner, _), secret in sorted(self._kept.items()) if owner == client)

    def keep(self, client: str, secret: RegisteredSecret) -> RegisteredSecret:
        if self._clients is not None and client not in self._clients:
            raise UnknownRecord(f"there is no client {client!r}")
        known = self._kept.get((client, secret.key))
        day = max(filter(None, (known.rotated_on if known else None, secret.rotated_on)), default=None)
        names = replace(secret, name=known.name, place=known.place) if known else secret
        self._kept[client, secret.key] = replace(names, rotated_on=day)
        return self._kept[client, secret.key]

    def rotated(self, client: str, key: str, on: date) -> RegisteredSecret:
        known = _found(self._kept, (client, key))
        self._kept[client, key] = replace(known, rotated_on=max(known.rotated_on or on, on))
        return self._kept[client, key]

    def forget(self, client: str, key: str) -> RegisteredSecret:
        if (client, key) not in self._kept:
            raise UnknownRecord("there is no such secret in the register")
        return self._kept.pop((client, key))


def _must_run(sprint: SprintRecord) -> None:
    if sprint.closed_at is not None:
        raise NotNow("this sprint was closed: its hours and items are settled")


def _found(table, key):
    if key not in table:
        raise UnknownRecord(f"there is no {key!r}")
    return table[key]
