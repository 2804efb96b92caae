"""The work of every maintenance sprint: library updates, rotation of secrets, security scan; and what it takes."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from clientdesk.domain.estimating import EffortRule, hours
from clientdesk.domain.sprint import Priority, Source, Work

SAFE, CARE, ROTATE, SCAN = "sprint.libraries-safe", "sprint.libraries-care", "sprint.rotate", "sprint.scan"

STANDING_EFFORT = (
    EffortRule(
        key=SAFE,
        work="Take the safe library updates of {cause}",
        unit="library",
        fixed=hours("0.25", "0.5", "1"),
        per_unit=hours("0.05", "0.1", "0.25"),
        cap=Decimal(4),
    ),
    EffortRule(
        key=CARE,
        work="Take the library updates of {cause} that need care",
        unit="library",
        fixed=hours("0.25", "0.5", "1"),
        per_unit=hours("0.25", "0.75", "2"),
        cap=Decimal(16),
    ),
    EffortRule(
        key=ROTATE,
        work="Rotate {cause}",
        unit="secret",
        fixed=hours("0.25", "0.25", "0.5"),
        per_unit=hours("0.25", "0.5", "1"),
        cap=Decimal(8),
    ),
    EffortRule(
        key=SCAN,
        work="Security scan of {cause}",
        unit="repository",
        fixed=hours("0.25", "0.25", "0.5"),
        per_unit=hours("0.15", "0.25", "0.5"),
        cap=Decimal(4),
    ),
)
_STEP = 15  # minutes; nobody plans a box more finely
_PLACES = {SAFE: 1, ROTATE: 2, SCAN: 3, CARE: 4}


def standing_work(
    rule: EffortRule, what: str, topic: str, window: str, units: int, covers: tuple[str, ...] = ()
) -> Work:
    """One standing item of a window's sprint, sized by its rule; `topic` tells what it is about from round to round."""
    likely = min(rule.fixed.likely + rule.per_unit.likely * units, rule.cap)
    return Work(
        key=f"{rule.key}:{topic}@{window}",
        source=Source.STANDING,
        title=rule.work.replace("{cause}", what),
        minutes=-(-minutes_of(likely) // _STEP) * _STEP,
        priority=Priority.STANDING,
        place=_PLACES.get(rule.key, len(_PLACES) + 1),
        covers=covers,
    )


def minutes_of(hours: Decimal) -> int:
    """Whole minutes, rounded up: a box is not filled by what was rounded away."""
    return int((hours * 60).to_integral_value(rounding=ROUND_CEILING))
