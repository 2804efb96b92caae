"""Runs that wait for a person: whom they wait for, and when that person is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Seldom and seldomer: after one, three and seven times the time that is set, and so long before the end.
_TIMES = (1, 3, 7)
_CLIENT = "client-"
# Between a question and the number of times that it was asked anew after a run had ended without an answer.
AGAIN = "again"


class Decider(StrEnum):
    ENGINEER = "engineer"
    ACCOUNT_LEAD = "account-lead"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Wait:
    """A run that waits since `since` and ends undecided at `until` (None: never).

    `question` is unique in the run and begins with the decider ("engineer-1-1", "client-<proposal>-1").
    """

    run: str
    name: str
    question: str
    since: datetime
    until: datetime | None
    link: str

    @property
    def decider(self) -> Decider:
        """Whoever it is for that we don't know: the account lead, who knows whom to ask."""
        return next((each for each in Decider if self.question.startswith(f"{each}-")), Decider.ACCOUNT_LEAD)

    @property
    def proposal(self) -> str:
        """The proposal whose answer is waited for, "" for another question."""
        asked = self.question.removeprefix(_CLIENT).partition(f"-{AGAIN}-")[0]
        return asked.rpartition("-")[0] if self.decider is Decider.CLIENT else ""


def reminder_due(wait: Wait, every: timedelta, now: datetime) -> str:
    """Which reminder is the latest that is due: "" for none yet, else a name that is another for each."""
    if wait.until is not None and wait.until - every <= now:
        return "last"
    count = sum(wait.since + times * every <= now for times in _TIMES)
    return str(count) if count else ""
