"""Where to go from a weak version: a fix may have a weakness of its own, so each target is asked about, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from clientdesk.adapters.advisories.answers import Pin, Weakness, latest

_STEPS = 4  # a fix of a fix of a fix: beyond that, nobody can promise anything

Known = Mapping[Pin, Sequence[Weakness]]


def clean_upgrades(known: Known, ask: Callable[[Sequence[Pin]], Known]) -> dict[Pin, str]:
    """The nearest version of each weak pin against which nothing is known; a pin is left out where there is none.

    `ask` answers about pins, and leaves out those it does not know.
    """
    waiting = {pin: target for pin, weaknesses in known.items() if (target := _target(pin, weaknesses))}
    found: dict[Pin, str] = {}
    for _ in range(_STEPS):
        if not waiting:
            break
        aims = {pin: Pin(pin.ecosystem, pin.name, target) for pin, target in waiting.items()}
        about = ask(sorted(set(aims.values())))
        found |= {pin: aim.version for pin, aim in aims.items() if aim in about and not about[aim]}
        waiting = {pin: further for pin, aim in aims.items() if (further := _target(aim, about.get(aim, ())))}
    return found


def _target(pin: Pin, known: Sequence[Weakness]) -> str:
    """The version in which all of these are mended, "" where one of them is not, or there are none."""
    if not known or not all(weakness.fixed_in for weakness in known):
        return ""
    return next(iter(latest(pin.ecosystem, [weakness.fixed_in[0] for weakness in known])), "")
