"""The account lead's word on a draft: send it as shown, change it and show it again, or stop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clientdesk.domain.refusal import Refusal
from clientdesk.domain.revising import Change


class Course(StrEnum):
    """What the account lead wants to happen next, as the form offers it."""

    SEND = "send it as shown"
    CHANGE = "change it and show me again"
    STOP = "stop, send nothing"


class Unreleased(Refusal):
    """A draft that can't go out on this word; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Release:
    """The word. `letter` is what the account lead adds to the mail."""

    course: Course
    change: Change
    letter: str = ""

    @property
    def by(self) -> str:
        return self.change.by

    @property
    def is_sent(self) -> bool:
        return self.course is Course.SEND

    @property
    def is_stopped(self) -> bool:
        return self.course is Course.STOP


def change_of(release: Release) -> Change:
    """What is to be changed; raises `Unreleased` if that is nothing."""
    if release.change.is_empty:
        raise Unreleased("nothing is to be changed: fill in what, or choose to send or to stop")
    return release.change
