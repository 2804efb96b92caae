"""Maintenance sprints: their items, the time spent on them, and how they began and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from clientdesk.domain.sprint import Item, ItemState, Work


class Moment(StrEnum):
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A sprint that begins: for whom, when it was due, when it did.

    `late_why`, "" on time, is a word of `documents.sprint_facts.LateBecause`, and after a space since when. `proposal`
    "" where the window rests on none.
    """

    window: str
    client: str
    proposal: str
    box_minutes: int
    due_at: datetime
    started_at: datetime
    late_why: str = ""


@dataclass(frozen=True, slots=True)
class SprintRecord:
    """A sprint kept under the id of its window.

    `planned_at` None: its items are not chosen yet. `sheet` and `outcome` name PDFs in the document store, "" until
    they are written. `next_window` is where its unfinished items went, "" where there was none.
    """

    window: str
    client: str
    proposal: str
    box_minutes: int
    due_at: datetime
    started_at: datetime
    late_why: str
    planned_at: datetime | None = None
    sheet: str = ""
    closed_at: datetime | None = None
    next_window: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class RepositoryLook:
    """The audit of one repository at a sprint's start or end: its id, or "" and the `problem` that kept it away.

    `before` is the audit that it is compared with, "" for the first one.
    """

    window: str
    moment: Moment
    repository: str
    ref: str
    audit: str
    before: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """Minutes worked on an item in a window; a correction is below zero and says why."""

    item: str
    window: str
    minutes: int
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Minutes beyond the box, approved by somebody at the client, in their way (`how`: mail, phone, …)."""

    window: str
    minutes: int
    approved_by: str
    how: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemMove:
    """One change of an item's place. `window_before` and `window_after` "" are none; `rolls` as it is afterwards."""

    before: ItemState | None
    after: ItemState
    window_before: str
    window_after: str
    rolls: int
    by: str
    at: datetime
    why: str


class Sprints(Protocol):
    """Each method is one transaction. Instants are aware; an id that is not there raises `UnknownRecord`."""

    def add(self, client: str, proposal: str, work: Work, by: str, at: datetime) -> Item:
        """Work that waits for the client's next sprint; one of its key is returned instead."""

    def item(self, item: str) -> Item: ...

    def items(self, client: str = "") -> tuple[Item, ...]:
        """Of a client, or of all, oldest first."""

    def items_in(self, window: str) -> tuple[Item, ...]:
        """Those that are there now, in the order in which the box is filled; finished ones too."""

    def item_moves(self, item: str) -> tuple[ItemMove, ...]:
        """Oldest first."""

    def left(self, window: str) -> tuple[tuple[Item, ItemMove], ...]:
        """The items that were in this sprint and moved on unfinished, as they are now, with how they left."""

    def begin(self, beginning: Beginning) -> SprintRecord:
        """Keep that it began; a sprint of this window that began already is returned as it is."""

    def sprint(self, window: str) -> SprintRecord: ...

    def sprint_of(self, window: str) -> SprintRecord | None:
        """None where no sprint of this window has begun."""

    def sprints(self, client: str = "") -> tuple[SprintRecord, ...]:
        """Of a client, or of all, newest first."""

    def keep_look(self, look: RepositoryLook) -> RepositoryLook:
        """The first word on a repository at this moment counts, and is returned."""

    def looks(self, window: str, moment: Moment) -> tuple[RepositoryLook, ...]:
        """In the order in which they were kept."""

    def plan(self, window: str, found: Sequence[Work], at: datetime) -> tuple[Item, ...]:
        """Put into the sprint what is found and what waits for this client; what fits the box is planned.

        Done once: again, the items that are in the sprint are returned and nothing changes.
        """

    def keep_sheet(self, window: str, document: str) -> SprintRecord:
        """The first one stands."""

    def log(self, item: str, minutes: int, by: str, at: datetime, note: str = "") -> TimeEntry:
        """Put down time on an item of a sprint that runs. Raises `BoxFull`, `BadEntry`, `NotNow`."""

    def times(self, window: str) -> tuple[TimeEntry, ...]:
        """Oldest first."""

    def finish(self, item: str, by: str, at: datetime, evidence: str) -> Item:
        """Raises `NotNow` where it is not in a sprint that runs; the same again changes nothing."""

    def extend(self, extension: Extension) -> Extension:
        """Raises `NotNow` for a sprint that does not run."""

    def extensions(self, window: str) -> tuple[Extension, ...]:
        """Oldest first."""

    def close(self, window: str, next_window: str, at: datetime) -> SprintRecord:
        """End it: each unfinished item rolls to `next_window` ("" for none), or becomes a project. Once."""

    def keep_outcome(self, window: str, document: str) -> SprintRecord:
        """The first one stands."""

    def pass_over(self, window: str, next_window: str, by: str, at: datetime, why: str) -> tuple[Item, ...]:
        """The items that wait for a window which will not take place roll on, with their count; returns them."""

    def decide(self, item: str, to: ItemState, by: str, at: datetime, why: str) -> Item:
        """A person takes an item back, drops it, or says that it was ordered. Raises `NotNow`."""

    def looked_for_due(self, at: datetime) -> datetime | None:
        """Keep that somebody looked for due sprints now; returns when that was last done."""
