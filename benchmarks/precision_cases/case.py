"""A planted fault and its clean twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """So many commits by one person, a day apart, the newest so many days before the commit examined."""

    who: str
    commits: int
    path: str
    days_ago: int = 0


@dataclass(frozen=True)
class Case:
    """`planted` must give a finding of `rule`; `clean`, the same repository mended, none of it.

    In a `strict` case the clean twin must give no finding of the whole check but remarks. An empty side is left out.
    """

    check: str
    rule: str
    planted: Mapping[str, str]
    clean: Mapping[str, str]
    strict: bool = True
    planted_work: tuple[Work, ...] = ()
    clean_work: tuple[Work, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.check} {self.rule}"


def snippets(check: str, rule: str, path: str, *pairs: tuple[str, str]) -> list[Case]:
    """One case for each pair of texts of the same file."""
    return [
        Case(check, rule, {path: planted} if planted else {}, {path: clean} if clean else {})
        for planted, clean in pairs
    ]
