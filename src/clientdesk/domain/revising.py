"""What an account lead changes in an estimate, by the numbers that the estimate prints beside its work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from clientdesk.domain.estimating import NO_HOURS, Estimate, Hours, WorkItem, plain
from clientdesk.domain.pricing import HAS_RETAINER, Discount, HoursSet, Overruling, PlanKind
from clientdesk.domain.refusal import Refusal

_HUNDREDTH, _MOST_HOURS = Decimal("0.01"), 10_000


class BadRevision(Refusal):
    """A change that can't be made; the message says which could be."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants different, and why. None or empty: left as it is. Numbers are those of the work items."""

    by: str
    why: str
    kind: PlanKind | None = None
    bucket: int | None = None
    discount_percent: Decimal | None = None
    drop: tuple[int, ...] = ()
    hours: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        offered = (self.kind, self.bucket, self.discount_percent)
        return all(each is None for each in offered) and not self.drop and not self.hours


def overruling_of(estimate: Estimate, change: Change, buckets: Sequence[int]) -> Overruling:
    """The change as it is kept; raises a `Refusal` for what can't be done."""
    items = {item.priority: item for item in estimate.items}
    for number in (*change.drop, *change.hours):
        if number not in items:
            raise BadRevision(f"there is no line {number}: {_numbers(items)}")
    if change.bucket is not None and change.bucket not in buckets:
        raise BadRevision(f"a retainer has {', '.join(map(str, buckets))} hours a month, not {change.bucket}")
    if change.bucket is not None and change.kind is not None and change.kind not in HAS_RETAINER:
        raise BadRevision(f"the plan {change.kind.value} has no retainer: leave the bucket out, or choose another plan")
    if change.discount_percent:
        Discount(change.discount_percent, change.why)
    return Overruling(
        kind=change.kind,
        by=change.by,
        why=change.why,
        bucket=change.bucket,
        discount_percent=change.discount_percent,
        dropped=tuple(items[number].title for number in dict.fromkeys(change.drop)),
        hours=tuple(
            HoursSet(items[number].title, items[number].hours.likely, _sensible(number, hours))
            for number, hours in change.hours.items()
        ),
    )


def revised(estimate: Estimate, change: Change) -> Estimate:
    """The estimate without what was dropped, with the hours that were set; numbered anew."""
    kept = [
        _resized(item, change.hours[item.priority], change) if item.priority in change.hours else item
        for item in estimate.items
        if item.priority not in change.drop
    ]
    items = tuple(replace(item, priority=place) for place, item in enumerate(kept, start=1))
    return Estimate(items, sum((item.hours for item in items), NO_HOURS))


def _resized(item: WorkItem, likely: Decimal, change: Change) -> WorkItem:
    """Low and high keep their distance from the likely hours in proportion."""
    before = item.hours
    hours = before.times(likely / before.likely) if before.likely else Hours(likely, likely, likely)
    exact = replace(hours.in_hundredths(), likely=likely)
    return replace(item, hours=exact, reason=f"{item.reason}; set to {plain(likely)} h by {change.by}: {change.why}")


def _sensible(number: int, hours: Decimal) -> Decimal:
    if not hours.is_finite() or not 0 < hours <= _MOST_HOURS or hours != hours.quantize(_HUNDREDTH):
        raise BadRevision(
            f"line {number} needs hours from 0.01 to {_MOST_HOURS}, with at most two decimals; to leave it out, drop it"
        )
    return hours


def _numbers(items: Mapping[int, WorkItem]) -> str:
    return f"the lines are numbered 1 to {len(items)}" if items else "the estimate has no lines"
