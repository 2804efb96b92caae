"""From findings to hours: effort rules, work items, estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from clientdesk.domain.refusal import Refusal

_TIMES = "\N{MULTIPLICATION SIGN}"
_HUNDREDTH = Decimal("0.01")
_FEWEST_SAMPLES = 3
_SMALLEST_FACTOR, _LARGEST_FACTOR = Decimal("0.5"), Decimal("2.0")


class UnknownEffort(Refusal):
    """A finding asks for an effort rule that there is not."""


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

    def in_hundredths(self) -> Hours:
        """Rounded half up to hundredths of an hour (36 seconds): nobody can read more from an estimate."""
        return Hours(_hundredths(self.low), _hundredths(self.likely), _hundredths(self.high))


NO_HOURS = Hours(Decimal(0), Decimal(0), Decimal(0))


def hours(low: str, likely: str, high: str) -> Hours:
    """Hours from decimal text: `hours("0.5", "1", "2")`."""
    return Hours(Decimal(low), Decimal(likely), Decimal(high))


@dataclass(frozen=True, slots=True)
class EffortRule:
    """What mending costs: a fixed part once per work item, a part per unit found, a cap on the likely hours.

    `key` is how agency.toml overrides the rule (`[effort."complexity.split"]`). `work` names the work item, with
    `{cause}` standing for what the findings have in common. `unit` is one of what is counted; its last word takes the
    plural ("workflow file"). The cap limits the likely hours; low and high shrink in proportion.
    """

    key: str
    work: str
    unit: str
    fixed: Hours
    per_unit: Hours
    cap: Decimal


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding as the estimate sees it. `severity_rank` 0 is the worst; `effort_key` "" is nothing to do.

    Findings of one `cause` and effort rule are one piece of work; one without a cause stands for itself.
    """

    finding_id: str
    cause: str
    effort_key: str
    severity_rank: int
    title: str


@dataclass(frozen=True, slots=True)
class Actual:
    """A closed work item: the likely hours its rule gave, before any factor, and the hours it took."""

    key: str
    likely: Decimal
    spent: Decimal

    def __post_init__(self) -> None:
        if self.likely <= 0 or self.spent < 0:
            raise ValueError(f"no ratio from {self.spent} h spent of {self.likely} h estimated")


@dataclass(frozen=True, slots=True)
class Factor:
    """What experience says about a kind of work: multiply by `value`, seen on `samples` closed items."""

    value: Decimal
    samples: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One piece of work, sized, with the findings that caused it. Priority 1 is done first.

    `by_rule` are the likely hours of the rule alone, before any factor and before anybody set them; actual hours are
    compared with these. None in what was kept before they were.
    """

    key: str
    cause: str
    title: str
    findings: tuple[str, ...]
    units: int
    hours: Hours
    reason: str
    priority: int
    factor: Factor | None = None
    by_rule: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    items: tuple[WorkItem, ...]
    total: Hours


def estimate(
    causes: Sequence[Cause], rules: Mapping[str, EffortRule], factors: Mapping[str, Factor] | None = None
) -> Estimate:
    """One work item per cause, in order of priority: the worst finding first, and of those the least work.

    Raises `UnknownEffort` rather than leave a finding out.
    """
    groups: dict[tuple[str, str], list[Cause]] = {}
    for cause in causes:
        if cause.effort_key:
            groups.setdefault((cause.effort_key, cause.cause or cause.title), []).append(cause)
    known = factors or {}
    items = [_sized(cause, group, _rule(group[0], rules), known.get(key)) for (key, cause), group in groups.items()]
    items.sort(key=lambda item: (item.priority, item.hours.likely, item.key, item.cause))
    ordered = tuple(replace(item, priority=place) for place, item in enumerate(items, start=1))
    return Estimate(ordered, sum((item.hours for item in ordered), NO_HOURS))


def calibrated(actuals: Sequence[Actual]) -> Mapping[str, Factor]:
    """The factor of each kind of work with samples enough: the median of spent ÷ likely, within 0.5 and 2.0."""
    ratios: dict[str, list[Decimal]] = {}
    for actual in actuals:
        ratios.setdefault(actual.key, []).append(actual.spent / actual.likely)
    return {
        key: Factor(_hundredths(min(max(median(seen), _SMALLEST_FACTOR), _LARGEST_FACTOR)), len(seen))
        for key, seen in ratios.items()
        if len(seen) >= _FEWEST_SAMPLES
    }


def _rule(cause: Cause, rules: Mapping[str, EffortRule]) -> EffortRule:
    try:
        return rules[cause.effort_key]
    except KeyError:
        raise UnknownEffort(
            f"{cause.finding_id} is sized by the effort rule {cause.effort_key!r}, and there is no such rule"
        ) from None


def _sized(cause: str, group: Sequence[Cause], rule: EffortRule, factor: Factor | None) -> WorkItem:
    units = len(group)
    by_rule = rule.fixed + rule.per_unit.times(units)
    is_capped = by_rule.likely > rule.cap
    hours = by_rule.times(rule.cap / by_rule.likely) if is_capped else by_rule
    by_rule_alone = _hundredths(hours.likely)
    if factor is not None:
        hours = hours.times(factor.value)
    return WorkItem(
        key=rule.key,
        cause=cause,
        title=rule.work.replace("{cause}", cause),
        findings=tuple(each.finding_id for each in group),
        units=units,
        hours=hours.in_hundredths(),
        reason=_reason(rule, units, is_capped, factor),
        priority=min(each.severity_rank for each in group),
        factor=factor,
        by_rule=by_rule_alone,
    )


def _reason(rule: EffortRule, units: int, is_capped: bool, factor: Factor | None) -> str:
    """The likely hours in words: "4 functions x 1.5 h + 1 h, capped at 12 h", with a true multiplication sign."""
    fixed, per_unit = rule.fixed.likely, rule.per_unit.likely
    parts = [f"{_counted(units, rule.unit)} {_TIMES} {plain(per_unit)} h"] if per_unit else []
    parts += [f"{plain(fixed)} h"] if fixed or not per_unit else []
    words = " + ".join(parts)
    if is_capped:
        words += f", capped at {plain(rule.cap)} h"
    if factor is not None:
        words += f", {_TIMES} {plain(factor.value)} as measured on {factor.samples} closed items"
    return words


def _counted(count: int, unit: str) -> str:
    if count == 1:
        return f"1 {unit}"
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return f"{count} {unit[:-1]}ies"
    return f"{count} {unit}{'es' if unit.endswith(('s', 'x', 'ch', 'sh')) else 's'}"


def plain(number: Decimal) -> str:
    """Without zeros that say nothing, and never as 1E+1: "12", "1.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hundredths(number: Decimal) -> Decimal:
    return number.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
