"""Which way of working together to recommend, the reason said, and the one to set beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from clientdesk.domain.estimating import Estimate, plain
from clientdesk.domain.intake import REGULAR_NEEDS, Interest, IntroCall
from clientdesk.domain.pricing import Discount, Overruling, PlanKind, PriceList, Quote

# What is found is to be done within two retainer months, or else it is a sprint (source: the agency's rules).
_MONTHS = 2

_ASKED: Mapping[Interest, PlanKind] = {
    Interest.RETAINER: PlanKind.RETAINER,
    Interest.PAY_AS_YOU_GO: PlanKind.PAY_AS_YOU_GO,
    Interest.UPGRADE_SPRINT: PlanKind.UPGRADE_SPRINT,
}
_BESIDE: Mapping[PlanKind, PlanKind] = {
    PlanKind.RETAINER: PlanKind.PAY_AS_YOU_GO,
    PlanKind.PAY_AS_YOU_GO: PlanKind.RETAINER,
    PlanKind.UPGRADE_SPRINT: PlanKind.SPRINT_THEN_RETAINER,
    PlanKind.SPRINT_THEN_RETAINER: PlanKind.UPGRADE_SPRINT,
}
_CALLED: Mapping[PlanKind, str] = {
    PlanKind.RETAINER: "a retainer",
    PlanKind.PAY_AS_YOU_GO: "pay-as-you-go",
    PlanKind.UPGRADE_SPRINT: "a one-off sprint",
}


@dataclass(frozen=True, slots=True)
class Need:
    """What a recommendation rests on.

    `needs_upgrade`: a runtime or framework in use is no longer supported. `is_regular`: the client has a need that
    comes back every month. `steady_hours` a month are known beyond what was found (0: none is known).
    """

    estimate: Estimate
    needs_upgrade: bool
    is_regular: bool
    interest: Interest
    steady_hours: Decimal = Decimal(0)

    @property
    def found(self) -> Decimal:
        """The likely hours of all that was found."""
        return self.estimate.total.likely

    @property
    def load(self) -> Decimal:
        """The hours of the two months in which all that was found is to be done."""
        return self.found + _MONTHS * self.steady_hours


def need_of(call: IntroCall, estimate: Estimate, *, needs_upgrade: bool) -> Need:
    """The need as the intro call and the audit tell it; who asks about a retainer has a regular one."""
    is_regular = call.interest is Interest.RETAINER or not REGULAR_NEEDS.isdisjoint(call.expects)
    return Need(estimate, needs_upgrade, is_regular, call.interest)


def recommend(need: Need, buckets: Sequence[int], prices: PriceList, overrulings: Sequence[Overruling] = ()) -> Quote:
    """The plan by the agency's rule, and beside it what the client asked about, or else the nearest other way.

    What was overruled last counts. A plan overruled takes the first place with its reason; the rule's own choice is
    then the alternative. A discount is of the plan in the first place.
    """
    by_rule, reason = _by_rule(need, buckets)
    asked = _ASKED.get(need.interest)
    ruled = _latest(overrulings, by_rule)
    first = ruled.kind, ruled.why or reason
    if ruled.kind is not by_rule:
        second = by_rule, reason
    else:
        beside = asked if asked and asked is not by_rule else _BESIDE[by_rule]
        second = beside, _in_words(beside, need, buckets)
    plans = (
        prices.plan(kind, _as_asked(kind, why, asked), need.estimate.items, bucket, discount)
        for (kind, why), bucket, discount in (
            (first, ruled.bucket or _bucket(first[0], need, buckets), ruled.discount),
            (second, _bucket(second[0], need, buckets), None),
        )
    )
    recommended, alternative = plans
    return Quote(recommended, alternative, prices.tax, need.estimate.total, tuple(overrulings))


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What holds after all overrulings. `why` "" where the rule's own reason stands; `bucket` 0 is the rule's."""

    kind: PlanKind
    why: str
    bucket: int
    discount: Discount | None


def _latest(overrulings: Sequence[Overruling], by_rule: PlanKind) -> _Ruled:
    ruled = _Ruled(by_rule, "", 0, None)
    for each in overrulings:
        changes = (each.kind is not None and each.kind is not ruled.kind) or each.bucket is not None
        ruled = replace(
            ruled,
            kind=each.kind or ruled.kind,
            why=each.words if changes else ruled.why,
            bucket=ruled.bucket if each.bucket is None else each.bucket,
        )
        if each.discount_percent is not None:
            ruled = replace(
                ruled, discount=Discount(each.discount_percent, each.why) if each.discount_percent else None
            )
    return ruled if ruled.kind is not by_rule or ruled.bucket else replace(ruled, why="")


def _by_rule(need: Need, buckets: Sequence[int]) -> tuple[PlanKind, str]:
    found, largest = _about(need.found), max(buckets)
    if need.needs_upgrade:
        return PlanKind.SPRINT_THEN_RETAINER, (
            "Part of the system runs on a version that is no longer supported. A one-off sprint mends that, with the "
            f"rest of what was found ({found}), and a retainer then keeps it supported."
        )
    if need.load > _MONTHS * largest:
        return PlanKind.SPRINT_THEN_RETAINER, (
            f"There is more to do ({_about(need.load)}) than two months of a retainer of {largest} h hold. A one-off "
            "sprint does it, and a retainer then keeps the system in order."
        )
    if need.found <= min(buckets) and not need.is_regular and not need.steady_hours:
        return PlanKind.PAY_AS_YOU_GO, f"There is little to do ({found}) and no regular need: pay for what is done."
    bucket = _bucket(PlanKind.RETAINER, need, buckets)
    if not need.found:
        return PlanKind.RETAINER, f"Nothing found calls for work now, and {bucket} h a month carry the regular need."
    return PlanKind.RETAINER, (
        f"{bucket} h a month is the smallest retainer that carries the load: what was found ({found}) is done within "
        "two months, in order of priority."
    )


def _in_words(kind: PlanKind, need: Need, buckets: Sequence[int]) -> str:
    """What speaks for a plan that is not the one recommended, and what it lacks."""
    bucket, found = _bucket(kind, need, buckets), _about(need.found)
    match kind:
        case PlanKind.PAY_AS_YOU_GO:
            return "Each piece of work is estimated, approved by you and billed on completion; no time is reserved."
        case PlanKind.UPGRADE_SPRINT:
            return f"All that was found ({found}) is done once; nothing is agreed for the time after."
        case PlanKind.SPRINT_THEN_RETAINER:
            return (
                f"All that was found ({found}) is done once; a retainer of {bucket} h a month then keeps it in order."
            )
        case PlanKind.RETAINER:
            return (
                f"{bucket} h are reserved every month; what was found ({found}) is done within {_months(need, bucket)}."
            )


def _as_asked(kind: PlanKind, why: str, asked: PlanKind | None) -> str:
    return f"You asked about {_CALLED[kind]}. {why}" if kind is asked else why


def _bucket(kind: PlanKind, need: Need, buckets: Sequence[int]) -> int:
    """The smallest bucket that carries the load, after a sprint the steady load alone; the largest if none does."""
    is_after_sprint = kind is PlanKind.SPRINT_THEN_RETAINER
    a_month = need.steady_hours if is_after_sprint else need.load / _MONTHS
    return next((bucket for bucket in sorted(buckets) if a_month <= bucket), max(buckets))


def _months(need: Need, bucket: int) -> str:
    """How long a bucket needs for what was found, with what the steady load leaves of it."""
    left = bucket - need.steady_hours
    if left <= 0:
        return "the time that your regular work leaves"
    months = max(1, int((need.found / left).to_integral_value(ROUND_CEILING)))
    return "a month" if months == 1 else f"{months} months"


def _about(hours: Decimal) -> str:
    return f"about {plain(hours)} h"
