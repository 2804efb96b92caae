"""What the team has to hear of: one notice for each cause, however often it occurs, and quiet about it for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

QUIET = timedelta(days=1)


class TroubleKind(StrEnum):
    """In the order in which they are told."""

    RUN_FAILED = "run_failed"
    UNDECIDED = "undecided"
    MAIL_UNCERTAIN = "mail_uncertain"
    MAIL_BOUNCED = "mail_bounced"
    MAIL_GIVEN_UP = "mail_given_up"
    MAIL_DRAFT = "mail_draft"
    RUN_WAITS = "run_waits"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One occurrence: `key` is its own, `cause` is what it has in common with others of its kind.

    `what` and `why` may hold strangers' text. `link` leads to a page, "" where there is none.
    """

    kind: TroubleKind
    key: str
    cause: str
    what: str
    why: str
    since: datetime
    link: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """All occurrences of one cause that nobody has heard of; `latest` speaks for them."""

    latest: Trouble
    first: datetime
    keys: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.keys)


def to_tell(troubles: Iterable[Trouble], told: Mapping[str, datetime], now: datetime) -> tuple[Notice, ...]:
    """`told` says when keys and causes were told last. A cause told within the day is held back, and counted later."""
    groups: dict[str, list[Trouble]] = {}
    for trouble in troubles:
        if trouble.key not in told and not _is_fresh(told.get(trouble.cause), now):
            groups.setdefault(trouble.cause, []).append(trouble)
    order = list(TroubleKind)
    notices = [_notice(group) for group in groups.values()]
    return tuple(sorted(notices, key=lambda notice: (order.index(notice.latest.kind), notice.first)))


def _is_fresh(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at < QUIET


def _notice(group: list[Trouble]) -> Notice:
    ordered = sorted(group, key=lambda each: each.since)
    return Notice(ordered[-1], ordered[0].since, tuple(each.key for each in ordered))
