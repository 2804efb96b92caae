"""What a check is: a question, why a client should care, what mending costs, and one function that looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientdesk.audit.repository import Repository
from clientdesk.audit.result import CheckResult
from clientdesk.domain.estimating import EffortRule


class Area(StrEnum):
    """The parts of the scorecard."""

    MAINTAINABILITY = "maintainability"
    SECURITY = "security"
    DEPENDENCIES = "dependencies"
    DELIVERY = "delivery"
    OPERATIONS = "operations"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `look` gets the repository and the day of the audit; it may raise `ToolFailed`, nothing else.

    `lists_worst_only`: of many alike, only the worst are findings, so that one may appear because another went.
    """

    id: str
    title: str
    area: Area
    looks_for: str
    matters_because: str
    look: Callable[[Repository, date], CheckResult]
    effort: tuple[EffortRule, ...] = ()
    lists_worst_only: bool = False
