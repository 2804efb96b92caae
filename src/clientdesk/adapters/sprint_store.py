"""Maintenance sprints and the register of secrets in SQLite or PostgreSQL; each method is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from clientdesk.adapters import store_secrets, store_sprint_items, store_sprint_work, store_sprints
from clientdesk.adapters.store_engine import Database
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item, ItemState, Work
from clientdesk.ports.sprints import (
    Beginning,
    Extension,
    ItemMove,
    Moment,
    RepositoryLook,
    SprintRecord,
    TimeEntry,
)


class SqlSprints:
    """`ports.sprints.Sprints` by a database's URL, beside the other business records."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close_connections(self) -> None:
        self._database.close()

    def add(self, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
        with self._database.writing() as session:
            return store_sprint_items.add(session, client, proposal, work, by, at)

    def item(self, item: str) -> Item:
        with self._database.reading() as session:
            return store_sprint_items.item(session, item)

    def items(self, client: str = "") -> tuple[Item, ...]:
        with self._database.reading() as session:
            return store_sprint_items.items(session, client)

    def items_in(self, window: str) -> tuple[Item, ...]:
        with self._database.reading() as session:
            return store_sprint_items.items_in(session, window)

    def item_moves(self, item: str) -> tuple[ItemMove, ...]:
        with self._database.reading() as session:
            return store_sprint_items.moves(session, item)

    def left(self, window: str) -> tuple[tuple[Item, ItemMove], ...]:
        with self._database.reading() as session:
            return store_sprint_items.left(session, window)

    def begin(self, beginning: Beginning) -> SprintRecord:
        with self._database.writing() as session:
            return store_sprints.begin(session, beginning)

    def sprint(self, window: str) -> SprintRecord:
        with self._database.reading() as session:
            return store_sprints.sprint(session, window)

    def sprint_of(self, window: str) -> SprintRecord | None:
        with self._database.reading() as session:
            return store_sprints.sprint_of(session, window)

    def sprints(self, client: str = "") -> tuple[SprintRecord, ...]:
        with self._database.reading() as session:
            return store_sprints.sprints(session, client)

    def keep_look(self, look: RepositoryLook) -> RepositoryLook:
        with self._database.writing() as session:
            return store_sprints.keep_look(session, look)

    def looks(self, window: str, moment: Moment) -> tuple[RepositoryLook, ...]:
        with self._database.reading() as session:
            return store_sprints.looks(session, window, moment)

    def plan(self, window: str, found: Sequence[Work], at: datetime) -> tuple[Item, ...]:
        with self._database.writing() as session:
            return store_sprints.plan(session, window, found, at)

    def keep_sheet(self, window: str, document: str) -> SprintRecord:
        with self._database.writing() as session:
            return store_sprints.keep_sheet(session, window, document)

    def log(self, item: str, minutes: int, by: str, at: datetime, note: str = "") -> TimeEntry:
        with self._database.writing() as session:
            return store_sprint_work.log(session, item, minutes, by, at, note)

    def times(self, window: str) -> tuple[TimeEntry, ...]:
        with self._database.reading() as session:
            return store_sprint_work.times(session, window)

    def finish(self, item: str, by: str, at: datetime, evidence: str) -> Item:
        with self._database.writing() as session:
            return store_sprint_work.finish(session, item, by, at, evidence)

    def extend(self, extension: Extension) -> Extension:
        with self._database.writing() as session:
            return store_sprint_work.extend(session, extension)

    def extensions(self, window: str) -> tuple[Extension, ...]:
        with self._database.reading() as session:
            return store_sprint_work.extensions(session, window)

    def close(self, window: str, next_window: str, at: datetime) -> SprintRecord:
        with self._database.writing() as session:
            return store_sprints.close(session, window, next_window, at)

    def keep_outcome(self, window: str, document: str) -> SprintRecord:
        with self._database.writing() as session:
            return store_sprints.keep_outcome(session, window, document)

    def pass_over(self, window: str, next_window: str, by: str, at: datetime, why: str) -> tuple[Item, ...]:
        with self._database.writing() as session:
            return store_sprints.pass_over(session, window, next_window, by, at, why)

    def decide(self, item: str, to: ItemState, by: str, at: datetime, why: str) -> Item:
        with self._database.writing() as session:
            return store_sprint_items.decide(session, item, to, by, at, why)

    def looked_for_due(self, at: datetime) -> datetime | None:
        with self._database.writing() as session:
            return store_sprints.looked_for_due(session, at)


class SqlSecretRegister:
    """`ports.secret_register.SecretRegister` by a database's URL."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close_connections(self) -> None:
        self._database.close()

    def secrets_of(self, client: str) -> tuple[RegisteredSecret, ...]:
        with self._database.reading() as session:
            return store_secrets.secrets_of(session, client)

    def keep(self, client: str, secret: RegisteredSecret) -> RegisteredSecret:
        with self._database.writing() as session:
            return store_secrets.keep(session, client, secret)

    def rotated(self, client: str, key: str, on: date) -> RegisteredSecret:
        with self._database.writing() as session:
            return store_secrets.rotated(session, client, key, on)

    def forget(self, client: str, key: str) -> RegisteredSecret:
        with self._database.writing() as session:
            return store_secrets.forget(session, client, key)
