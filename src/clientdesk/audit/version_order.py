"""How versions of each ecosystem are ordered: by its own rules, never as text.

PyPI's by `packaging`; npm's, Go's and RubyGems' by `univers`, whose keys hold what those tools do. Packagist's are
compared here: `univers` takes Composer's fourth number for build metadata and puts beta10 before beta2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from packaging.version import InvalidVersion, Version
from univers.gem import GemVersion
from univers.versions import InvalidVersion as Unordered
from univers.versions import SemverVersion

# A value that orders among those of its ecosystem; its type differs from one to the next.
Order = Any

_REMEMBERED = 20_000  # of each ecosystem: some megabytes
_LONGEST = 128  # characters; nobody publishes longer ones, and patterns are slow on them
_SEMVER = re.compile(r"^[vV=]*(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]*)?$")
_COMPOSER = re.compile(
    r"^[vV]?(\d{1,8}(?:\.\d{1,8}){0,3})[._-]?(dev|alpha|a|beta|b|rc|patch|pl|p)?[.-]?(\d{1,8})?(?:\+.*)?$",
    re.IGNORECASE,
)
_STAGES = {"dev": 0, "alpha": 1, "a": 1, "beta": 2, "b": 2, "rc": 3, "": 4, "patch": 5, "pl": 5, "p": 5}


class NoVersion(ValueError):
    """The text is no version of its ecosystem."""


def order_of(ecosystem: str, version: str) -> Order:
    """Compares with others of the same ecosystem; raises `NoVersion`, also for an ecosystem whose rule is not known."""
    rule = _RULES.get(ecosystem)
    if rule is None:
        raise NoVersion(f"versions of {ecosystem} can't be compared")
    if not version or len(version) > _LONGEST:
        raise NoVersion(f"{version[:40]!r} is no version of {ecosystem}")
    return rule(version)


def knows(ecosystem: str) -> bool:
    """Whether versions of the ecosystem can be ordered."""
    return ecosystem in _RULES


def is_prerelease(ecosystem: str, version: str) -> bool:
    """Whether it is one that its ecosystem's tools do not install unasked; raises `NoVersion`."""
    order = order_of(ecosystem, version)
    if ecosystem == "PyPI":
        return bool(order.is_prerelease)
    if ecosystem == "RubyGems":
        return bool(order.prerelease())
    if ecosystem == "Packagist":
        return bool(order[1] < _STAGES[""])
    return "-" in version.partition("+")[0]


def major_of(ecosystem: str, version: str) -> str:
    """The number whose change may break its users: "6" of 6.1.4, "0.6" of npm's 0.6.1; raises `NoVersion`."""
    order_of(ecosystem, version)
    numbers = re.findall(r"\d+", version.partition("!")[2] or version)
    return f"0.{numbers[1]}" if numbers[0] == "0" and len(numbers) > 1 else numbers[0]


@lru_cache(maxsize=_REMEMBERED)
def _pypi(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion as error:
        raise NoVersion(f"{version!r} is no version of PyPI") from error


@lru_cache(maxsize=_REMEMBERED)
def _semver(version: str) -> SemverVersion:
    """Without build metadata, which say nothing about the order, and with the digits that are left out as 0."""
    match = _SEMVER.match(version.strip())
    try:
        if match:
            return SemverVersion(match[1])
    except (Unordered, ValueError) as error:
        raise NoVersion(f"{version!r} is no semantic version") from error
    raise NoVersion(f"{version!r} is no semantic version")


@lru_cache(maxsize=_REMEMBERED)
def _gem(version: str) -> GemVersion:
    if not version.strip() or not GemVersion.is_correct(version):
        raise NoVersion(f"{version!r} is no version of RubyGems")
    return GemVersion(version)  # type: ignore[no-untyped-call]  # univers leaves its classes without types


@lru_cache(maxsize=_REMEMBERED)
def _composer(version: str) -> tuple[tuple[int, ...], int, int]:
    """Four numbers, the stage (dev < alpha < beta < RC < release < patch), and the stage's number."""
    match = _COMPOSER.match(version.strip())
    if not match:
        raise NoVersion(f"{version!r} is no version of Packagist")
    numbers = [int(part) for part in match[1].split(".")]
    padded = tuple(numbers + [0] * (4 - len(numbers)))
    return padded, _STAGES[(match[2] or "").lower()], int(match[3] or 0)


_RULES: dict[str, Callable[[str], Order]] = {
    "PyPI": _pypi,
    "npm": _semver,
    "Go": _semver,
    "RubyGems": _gem,
    "Packagist": _composer,
}
