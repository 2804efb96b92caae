"""The engineer's audit profile: paths that are ignored and findings that are accepted, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

_WILD = re.compile(r"\*\*/|\*\*|\*|\?")
_MEANS = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


@dataclass(frozen=True, slots=True)
class IgnoredPath:
    """`glob` as in .gitignore from the top: `legacy/**`, `**/*.min.js`, `docs/` (all below a folder)."""

    glob: str
    reason: str

    def covers(self, path: str) -> bool:
        """Never for "", which stands for the whole repository."""
        return bool(path) and _pattern(self.glob).fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding somebody answers for, by its fingerprint, up to and including a day."""

    fingerprint: str
    reason: str
    by: str
    until: date

    def holds_on(self, day: date) -> bool:
        return day <= self.until


@dataclass(frozen=True, slots=True)
class Profile:
    """`name` for print; `sha256` of the file it was read from."""

    name: str
    sha256: str
    ignored: tuple[IgnoredPath, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileUse:
    """What a report keeps of the profile. `expired` are acceptances that hold no more, each with the findings that
    count again; `idle` are the entries that met nothing: fingerprints and globs.
    """

    name: str
    sha256: str
    expired: tuple[tuple[Acceptance, tuple[str, ...]], ...] = ()
    idle: tuple[str, ...] = ()


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    whole = f"{glob}**" if glob.endswith("/") else glob
    parts, end = [], 0
    for wild in _WILD.finditer(whole):
        parts += [re.escape(whole[end : wild.start()]), _MEANS[wild[0]]]
        end = wild.end()
    return re.compile("".join([*parts, re.escape(whole[end:])]), re.DOTALL)
