"""The tables of maintenance sprints and of the register of secrets."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clientdesk.adapters.store_tables import Row, new_id


class SprintRow(Row):
    """`planned_at` and `closed_at` are empty until then; `next_window` is where the unfinished items went."""

    __tablename__ = "sprints"
    entry: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(ForeignKey("windows.id"), unique=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    box_minutes: Mapped[int]
    due_at: Mapped[datetime]
    started_at: Mapped[datetime]
    late_why: Mapped[str]
    planned_at: Mapped[datetime | None]
    sheet: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    next_window: Mapped[str | None] = mapped_column(ForeignKey("windows.id"))
    outcome: Mapped[str] = mapped_column(default="")


class SprintLookRow(Row):
    """The audit of a repository at the start or the end of a sprint."""

    __tablename__ = "sprint_looks"
    __table_args__ = (UniqueConstraint("window", "moment", "repository", "ref"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(ForeignKey("sprints.window"))
    moment: Mapped[str]
    repository: Mapped[str]
    ref: Mapped[str]
    audit: Mapped[str | None] = mapped_column(ForeignKey("audits.id"))
    before: Mapped[str | None] = mapped_column(ForeignKey("audits.id"))
    problem: Mapped[str]


class SprintItemRow(Row):
    """An item in its one place: `state` and `window`. `covers` is a JSON list."""

    __tablename__ = "sprint_items"
    __table_args__ = (UniqueConstraint("client", "key"), Index("ix_sprint_items_window", "window"))
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    key: Mapped[str]
    source: Mapped[str]
    title: Mapped[str]
    minutes: Mapped[int]
    priority: Mapped[str]
    place: Mapped[int]
    covers: Mapped[str]
    note: Mapped[str]
    state: Mapped[str]
    window: Mapped[str | None] = mapped_column(ForeignKey("windows.id"))
    is_planned: Mapped[bool]
    rolls: Mapped[int]
    done_by: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    evidence: Mapped[str] = mapped_column(default="")


class SprintItemMoveRow(Row):
    """`before` is empty for an item's first move."""

    __tablename__ = "sprint_item_moves"
    __table_args__ = (Index("ix_sprint_item_moves_window_before", "window_before"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(ForeignKey("sprint_items.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    window_before: Mapped[str | None] = mapped_column(ForeignKey("windows.id"))
    window_after: Mapped[str | None] = mapped_column(ForeignKey("windows.id"))
    rolls: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]


class SprintTimeRow(Row):
    __tablename__ = "sprint_times"
    entry: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(ForeignKey("sprint_items.id"))
    window: Mapped[str] = mapped_column(ForeignKey("sprints.window"), index=True)
    minutes: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]


class SprintExtensionRow(Row):
    __tablename__ = "sprint_extensions"
    entry: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(ForeignKey("sprints.window"), index=True)
    minutes: Mapped[int]
    approved_by: Mapped[str]
    how: Mapped[str]
    recorded_by: Mapped[str]
    at: Mapped[datetime]


class SprintWatchRow(Row):
    """When somebody last looked for due sprints: one row, so that a late start can say why."""

    __tablename__ = "sprint_watch"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ClientSecretRow(Row):
    """A secret's name and place, never its value. `key` is both, however they are written."""

    __tablename__ = "client_secrets"
    __table_args__ = (UniqueConstraint("client", "key"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    key: Mapped[str]
    name: Mapped[str]
    place: Mapped[str]
    owner: Mapped[str]
    every_days: Mapped[int]
    rotated_on: Mapped[date | None]
