"""How old the version in use of one package is, beside the releases that its index lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clientdesk.audit.repository import Package, PackageReleases, Release
from clientdesk.audit.version_order import NoVersion, is_prerelease, major_of, order_of

_DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Age:
    """One direct dependency beside what there is. `years` None where the index does not date both releases."""

    package: Package
    in_use: Release
    near: str
    newest: str
    years: float | None

    @property
    def is_behind(self) -> bool:
        return self.newest != self.in_use.version

    @property
    def is_major(self) -> bool:
        ecosystem = self.package.ecosystem
        return major_of(ecosystem, self.newest) != major_of(ecosystem, self.in_use.version)


def age_of(package: Package, known: PackageReleases) -> Age | str:
    """How old the version in use is, or why that can't be said."""
    try:
        order = order_of(package.ecosystem, package.version)
        is_unstable = is_prerelease(package.ecosystem, package.version)
    except NoVersion:
        return "its version is not one that its ecosystem can order"
    releases = _ordered(package.ecosystem, known.releases)
    in_use = next((each for each in releases if order_of(package.ecosystem, each.version) == order), None)
    if in_use is None:
        return "its index does not list the version in use"
    newer = [
        release
        for release in releases
        if order_of(package.ecosystem, release.version) > order
        and not release.withdrawn
        and (is_unstable or not is_prerelease(package.ecosystem, release.version))
    ]
    major = major_of(package.ecosystem, package.version)
    same_major = [release for release in newer if major_of(package.ecosystem, release.version) == major]
    newest = newer[-1] if newer else in_use
    near = same_major[-1].version if same_major else in_use.version
    return Age(package, in_use, near, newest.version, _years(in_use, newest))


def _ordered(ecosystem: str, releases: Iterable[Release]) -> list[Release]:
    orders = []
    for release in releases:
        try:
            orders.append((order_of(ecosystem, release.version), release))
        except NoVersion:
            continue  # old indexes list what is no version by today's rules
    return [release for _, release in sorted(orders, key=lambda pair: pair[0])]


def _years(in_use: Release, newest: Release) -> float | None:
    """A libyear: the time between the two releases, never negative (a mended old branch may be the younger one)."""
    if in_use.on is None or newest.on is None:
        return None
    return max(0.0, (newest.on - in_use.on).days / _DAYS_OF_A_YEAR)
