"""What is known of a sprint when its sheet or its outcome is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from clientdesk.audit.library_survey import LibrarySurvey, Moved
from clientdesk.audit.report import AuditReport
from clientdesk.domain.maintenance import Window
from clientdesk.domain.money import Money
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Item


class LateBecause(StrEnum):
    """Why a sprint began late. `DOWN`: nobody looked for due windows from `since` on."""

    DOWN = "down"
    FIRST = "first"
    FAILED = "failed"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Late:
    by: timedelta
    because: LateBecause
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditedRepository:
    """A repository at the start or end of a sprint; without a report `problem` says why there is none.

    `report.changes` compares it with the audit before, None where there was none. `moved` are the libraries that moved
    since then, None where that could not be told.
    """

    address: str
    report: AuditReport | None
    survey: LibrarySurvey | None = None
    problem: str = ""
    moved: tuple[Moved, ...] | None = None


@dataclass(frozen=True, slots=True)
class SprintFacts:
    """`secrets` are those of the register that are to be rotated. `next_window` None: none is booked."""

    company: str
    contact: str
    locale: str
    window: Window
    started_at: datetime
    late: Late | None
    box_minutes: int
    items: tuple[Item, ...]
    repositories: tuple[AuditedRepository, ...]
    secrets: tuple[RegisteredSecret, ...] = ()
    next_window: Window | None = None


@dataclass(frozen=True, slots=True)
class LeftItem:
    """An item that the sprint did not finish. `why` as `domain.sprint.why_rolled` says; `is_project`: it is proposed
    as a project of its own, at `price` net.
    """

    item: Item
    why: str
    rolls: int
    is_project: bool
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """An extension of the box."""

    minutes: int
    by: str
    how: str


class SeenOtherwise(StrEnum):
    """How much the audits of the sprint's end examined, beside those that the proposal rests on.

    `LESS`: what is counted is the least there is. `MORE`: some of it may have been there before. `IN_PART`: checks
    that had no result then have one of a part, which is not yet what was aimed at.
    """

    LESS = "seen_less"
    MORE = "seen_more"
    IN_PART = "in_part"


@dataclass(frozen=True, slots=True)
class Doubt:
    how: SeenOtherwise
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that the proposal named, beside what was measured; None was not, and `why_not` says why.

    `doubts` say where what was measured and the baseline are not of the same.
    """

    what: str
    baseline: int | None
    target: int | None
    measured: int | None
    why_not: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """`sprint.items` are those that were finished, `spent` minutes by the id of the item; `rotated` since its start."""

    sprint: SprintFacts
    closed_at: datetime
    left: tuple[LeftItem, ...]
    spent: Mapping[str, int]
    extensions: tuple[Approved, ...] = ()
    targets: tuple[Target, ...] = ()
    rotated: tuple[RegisteredSecret, ...] = ()
    hourly: Money | None = field(default=None)
