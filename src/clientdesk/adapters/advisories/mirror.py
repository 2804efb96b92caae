"""The local mirror of OSV's data: a folder with one file an ecosystem, asked when the service can't be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clientdesk.adapters.advisories.answers import Answers, Pin, Weakness, merged
from clientdesk.adapters.advisories.mirror_file import (
    BadMirror,
    KnownWeakness,
    MirrorState,
    mirror_state,
    weaknesses,
)
from clientdesk.adapters.advisories.mirror_loading import ECOSYSTEMS, mirror_name
from clientdesk.audit.affected import fixed_for, is_affected, last_known_for
from clientdesk.audit.version_order import NoVersion, order_of


@dataclass(frozen=True, slots=True)
class Mirror:
    """`folder` need not exist: then nothing is loaded."""

    folder: Path

    @property
    def is_there(self) -> bool:
        """Whether anything is loaded, readable or not."""
        return any((self.folder / mirror_name(ecosystem)).is_file() for ecosystem in ECOSYSTEMS)

    def states(self) -> tuple[MirrorState, ...]:
        """What is loaded and can be read."""
        found = []
        for ecosystem in ECOSYSTEMS:
            file = self.folder / mirror_name(ecosystem)
            try:
                found += [mirror_state(file)] if file.is_file() else []
            except BadMirror:
                continue
        return tuple(found)

    def problems(self) -> tuple[str, ...]:
        """Of the files that are there and can't be read."""
        found = []
        for ecosystem in ECOSYSTEMS:
            file = self.folder / mirror_name(ecosystem)
            try:
                _ = mirror_state(file) if file.is_file() else None
            except BadMirror as error:
                found.append(str(error))
        return tuple(found)

    def answers(self, pins: Iterable[Pin]) -> Answers:
        """About each pin, by its ecosystem's own order of versions."""
        by_ecosystem: dict[str, list[Pin]] = defaultdict(list)
        for pin in pins:
            by_ecosystem[pin.ecosystem].append(pin)
        answers = Answers()
        for ecosystem, some in by_ecosystem.items():
            self._ask(ecosystem, some, answers)
        return answers

    def _ask(self, ecosystem: str, pins: Sequence[Pin], answers: Answers) -> None:
        file = self.folder / mirror_name(ecosystem)
        if not file.is_file():
            answers.failed |= dict.fromkeys(pins, f"no advisories for {ecosystem} are loaded")
            return
        try:
            known = weaknesses(file, [pin.name for pin in pins])
        except BadMirror as error:
            answers.failed |= dict.fromkeys(pins, str(error))
            return
        for pin in pins:
            try:
                answers.known[pin] = _about(pin, known[pin.name])
            except NoVersion as error:
                answers.failed[pin] = str(error)


def _about(pin: Pin, known: Sequence[KnownWeakness]) -> tuple[Weakness, ...]:
    order_of(pin.ecosystem, pin.version)  # also of a package that nothing is known about
    found = [
        Weakness(
            weakness.id,
            weakness.aliases,
            weakness.summary,
            weakness.severity,
            weakness.score,
            fixed_for(pin.ecosystem, pin.version, weakness.affected),
            last_known_for(pin.ecosystem, pin.version, weakness.affected),
        )
        for weakness in known
        if any(is_affected(pin.ecosystem, pin.version, affected) for affected in weakness.affected)
    ]
    return merged(found, pin.ecosystem)
