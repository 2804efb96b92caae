"""A case kept apart: written without a look at any rule, and judged by the place that is named, not by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from precision_cases.case import Work


@dataclass(frozen=True)
class Kept:
    """A finding of `check`, more than a remark, must name the line of `planted` that holds `at` ("" = any place).

    `clean`, the same repository as a careful engineer leaves it, must give none. An empty side is left out.
    """

    name: str
    check: str
    at: str
    planted: Mapping[str, str]
    clean: Mapping[str, str]
    planted_work: tuple[Work, ...] = ()
    clean_work: tuple[Work, ...] = ()


def one_file(check: str, path: str, name: str, at: str, planted: str, clean: str) -> Kept:
    return Kept(name, check, at, {path: planted} if planted else {}, {path: clean} if clean else {})
