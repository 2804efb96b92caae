"""What calendars answer to invitations, and where the answers are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class CalendarAnswer(StrEnum):
    """A guest's answer (RFC 5545, PARTSTAT), as far as it is one."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True)
class InvitationReply:
    """What a mail says that a calendar answered. Anybody may have written it: printable, short, not to be believed.

    `uid` and `sequence` name the window and the version of it, `attendee` is the address of who answers, `words` their
    comment ("" for none), `at` when the calendar says it did.
    """

    place: str
    uid: str
    sequence: int
    attendee: str
    answer: CalendarAnswer
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class KeptReply:
    """An answer recorded. It counts for the version of the window that it names, and for no later one."""

    window: str
    attendee: str
    answer: CalendarAnswer
    sequence: int
    at: datetime
    words: str


class InvitationReplies(Protocol):
    """The answers to invitations. Each method is one transaction."""

    def keep(self, window: str, reply: InvitationReply, now: datetime) -> bool:
        """Record it; False where this very answer is there already. Raises `UnknownRecord` for an unknown window."""

    def replies_of(self, window: str) -> tuple[KeptReply, ...]:
        """In the order in which they were given; the last of an address and a sequence counts."""
