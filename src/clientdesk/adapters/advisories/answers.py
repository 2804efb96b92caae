"""What is asked about a package, what is answered, and that several names of one weakness are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clientdesk.audit.result import SEVERITY_ORDER, Severity
from clientdesk.audit.version_order import NoVersion, order_of


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One version of one package, its name spelt as it is looked up."""

    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Weakness:
    """A known vulnerability of one pin; `fixed_in` is the nearest version above it that is mended, where one is.

    Where none is named, `last_affected` may be the last version that is known to have it.
    """

    id: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    severity: Severity | None = None
    score: float | None = None
    fixed_in: tuple[str, ...] = ()
    last_affected: str = ""


@dataclass(slots=True)
class Answers:
    """`known` has every pin that was looked up, also with nothing known; `failed` says why one was not."""

    known: dict[Pin, tuple[Weakness, ...]] = field(default_factory=dict)
    failed: dict[Pin, str] = field(default_factory=dict)


def merged(weaknesses: Iterable[Weakness], ecosystem: str) -> tuple[Weakness, ...]:
    """One for each weakness: two that share an id or an alias are the same, told by two collections."""
    groups: list[list[Weakness]] = []
    for weakness in weaknesses:
        names = _names([weakness])
        same = [group for group in groups if names & _names(group)]
        groups = [group for group in groups if group not in same]
        groups.append([weakness, *(each for group in same for each in group)])
    return tuple(sorted((_one(group, ecosystem) for group in groups), key=lambda weakness: weakness.id))


def _names(group: Sequence[Weakness]) -> set[str]:
    return {name for weakness in group for name in (weakness.id, *weakness.aliases)}


def _one(group: Sequence[Weakness], ecosystem: str) -> Weakness:
    """The gravest severity, the latest fix: where two collections differ, the careful one counts."""
    told = sorted(group, key=lambda weakness: (weakness.severity is None, weakness.id))
    worst = min((each.severity for each in told if each.severity), key=SEVERITY_ORDER.__getitem__, default=None)
    scores = [each.score for each in told if each.score is not None and each.severity is worst]
    fixed_in = latest(ecosystem, [fixed for each in told for fixed in each.fixed_in[:1]])
    return Weakness(
        id=told[0].id,
        aliases=tuple(sorted(_names(group) - {told[0].id})),
        summary=next((each.summary for each in told if each.summary), ""),
        severity=worst,
        score=max(scores, default=None),
        fixed_in=fixed_in,
        last_affected="" if fixed_in else next(iter(latest(ecosystem, [each.last_affected for each in told])), ""),
    )


def latest(ecosystem: str, versions: Iterable[str]) -> tuple[str, ...]:
    """The highest of them that is a version, or none."""
    ordered = {}
    for version in versions:
        try:
            ordered[version] = order_of(ecosystem, version)
        except NoVersion:
            continue
    return (max(ordered, key=ordered.__getitem__),) if ordered else ()


def nearest_above(pin: Pin, versions: Iterable[str]) -> tuple[str, ...]:
    """The lowest of them that is above the pin's, or none: fixes of older branches would lead backwards."""
    ordered = {}
    for version in versions:
        try:
            ordered[version] = order_of(pin.ecosystem, version)
        except NoVersion:
            continue
    here = order_of(pin.ecosystem, pin.version)
    above = [version for version, order in ordered.items() if order > here]
    return (min(above, key=ordered.__getitem__),) if above else ()


def combined(first: Answers, second: Answers) -> Answers:
    """What either knows; a pin failed only where both did, for the reason of the second."""
    known: dict[Pin, tuple[Weakness, ...]] = {}
    for pin in {**first.known, **second.known}:
        known[pin] = merged((*first.known.get(pin, ()), *second.known.get(pin, ())), pin.ecosystem)
    failed: Mapping[Pin, str] = {**first.failed, **second.failed}
    return Answers(known, {pin: reason for pin, reason in failed.items() if pin not in known})
