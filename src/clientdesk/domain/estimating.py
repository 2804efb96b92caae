"""From findings to hours: effort rules, work items, estimates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Hours:
    """Person-hours: at best, most likely, at worst."""

    low: Decimal
    likely: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not Decimal(0) <= self.low <= self.likely <= self.high:
            raise ValueError(f"hours must rise from low to high: {self.low}, {self.likely}, {self.high}")

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: Decimal | int) -> Hours:
        return Hours(self.low * factor, self.likely * factor, self.high * factor)


NO_HOURS = Hours(Decimal(0), Decimal(0), Decimal(0))


def hours(low: str, likely: str, high: str) -> Hours:
    """Hours from decimal text: `hours("0.5", "1", "2")`."""
    return Hours(Decimal(low), Decimal(likely), Decimal(high))


@dataclass(frozen=True, slots=True)
class EffortRule:
    """What mending costs: a fixed part once per work item, a part per unit found, a cap on the likely hours.

    `key` is how agency.toml overrides the rule (`[effort."complexity.split"]`). `work` names the work item, with
    `{cause}` standing for what the findings have in common.
    """

    key: str
    work: str
    unit: str
    fixed: Hours
    per_unit: Hours
    cap: Decimal


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One piece of work, priced, with the findings that caused it."""

    key: str
    cause: str
    title: str
    findings: tuple[str, ...]
    units: int
    hours: Hours
    reason: str
    priority: int


@dataclass(frozen=True, slots=True)
class Estimate:
    items: tuple[WorkItem, ...]
    total: Hours
