"""Which updates a repository's direct dependencies want: told apart by how much care they ask for.

Read from its files, the package indexes and the advisories; no package manager of the client's is ever run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clientdesk.audit.library_survey import Care, LibrarySurvey, LibraryUpdate, Step, direct_of, grouped, pinned_of
from clientdesk.audit.package_age import Age, age_of
from clientdesk.audit.repository import (
    ADVISORIES,
    RELEASES,
    Advisory,
    Package,
    PackageReleases,
    Repository,
    ToolFailed,
)
from clientdesk.audit.support_dates import support_dates
from clientdesk.audit.version_order import NoVersion, major_of, order_of
from clientdesk.audit.versions_in_use import product_of

_FEW_MAJORS = 1
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What indexes and advisories say, by package; `reasons` of those that no index answered about."""

    releases: Mapping[_Key, PackageReleases]
    advisories: Mapping[_Key, tuple[Advisory, ...]]
    reasons: Mapping[_Key, str]
    source: str
    not_asked: str
    no_advisories: str


def survey(repository: Repository, today: date, now: datetime) -> LibrarySurvey:
    """What is pinned and what could be; what could not be measured is named with its reason, never left out."""
    direct, known = direct_of(repository), _known(repository)
    updates: list[LibraryUpdate] = []
    unmeasured: list[tuple[Package, str]] = []
    current = 0
    for package in direct:
        age = _age(package, known)
        if isinstance(age, str):
            unmeasured.append((package, age))
        update = _update(package, age, known, today)
        if update is not None:
            updates.append(update)
        elif isinstance(age, Age):
            current += 1
    return LibrarySurvey(
        repository.address,
        repository.commit,
        now,
        pinned_of(repository),
        tuple(updates),
        current,
        grouped(unmeasured),
        known.source,
        known.not_asked,
        known.no_advisories,
    )


def _known(repository: Repository) -> _Known:
    releases: dict[_Key, PackageReleases] = {}
    reasons: dict[_Key, str] = {}
    advisories: dict[_Key, list[Advisory]] = defaultdict(list)
    source = not_asked = no_advisories = ""
    try:
        told = repository.tool(RELEASES)
        source = told.source
        releases = {_key(package): known for package, known in told.packages}
        reasons = {_key(package): reason for package, reason in told.not_asked}
    except ToolFailed as failure:
        not_asked = failure.reason
    try:
        for advisory in repository.tool(ADVISORIES).advisories:
            advisories[_key(advisory.package)].append(advisory)
    except ToolFailed as failure:
        no_advisories = failure.reason
    weak = {key: tuple({each.id: each for each in found}.values()) for key, found in advisories.items()}
    return _Known(releases, weak, reasons, source, not_asked, no_advisories)


def _key(package: Package) -> _Key:
    return package.ecosystem, package.name, package.version


def _age(package: Package, known: _Known) -> Age | str:
    if not package.version:
        return "no exact version is written"
    if known.not_asked:
        return known.not_asked
    releases = known.releases.get(_key(package))
    return age_of(package, releases) if releases else known.reasons.get(_key(package), "its index was not asked")


def _update(package: Package, age: Age | str, known: _Known, today: date) -> LibraryUpdate | None:
    """None where nothing is to be done about it, as far as is known."""
    weak, releases = known.advisories.get(_key(package), ()), known.releases.get(_key(package))
    targets = _targets(package, age, weak)
    steps = tuple(Step(to, _care(package, to), _closed(package, to, weak)) for to in targets)
    closed = {name for step in steps for name in step.closes}
    unmended = tuple(_name(each) for each in weak if _name(each) not in closed)
    given_up = releases.abandoned if releases else ""
    ends_on, has_ended = _support(package, today)
    if not (steps or unmended or given_up or has_ended):
        return None
    return LibraryUpdate(
        package.ecosystem,
        package.name,
        package.path,
        package.version,
        age.near if isinstance(age, Age) else "",
        age.newest if isinstance(age, Age) else "",
        steps,
        bool(package.development),
        unmended,
        ends_on,
        has_ended,
        given_up,
        releases.changelog if releases else "",
    )


def _targets(package: Package, age: Age | str, weak: Sequence[Advisory]) -> tuple[str, ...]:
    """The versions to go to. Where no index answered, what the advisories name is all that is known."""
    if isinstance(age, Age):
        return tuple(dict.fromkeys(to for to in (age.near, age.newest) if to != age.in_use.version))
    named = [each.upgrade_to or (each.fixed_in[0] if each.fixed_in else "") for each in weak]
    try:
        best = max(filter(None, named), key=lambda version: order_of(package.ecosystem, version), default="")
    except NoVersion:
        return ()
    return (best,) if best else ()


def _care(package: Package, to: str) -> Care:
    """Within its major version it is safe; a framework's minor version asks for care, its major one for a project."""
    try:
        before, after = (major_of(package.ecosystem, version) for version in (package.version, to))
        is_framework = product_of(package) is not None
        if before == after:
            is_patch = _minor(package.version) == _minor(to)
            return Care.CARE if is_framework and not is_patch else Care.SAFE
        majors = abs(int(after.split(".")[0]) - int(before.split(".")[0]))
    except NoVersion:
        return Care.CARE
    return Care.PROJECT if is_framework or majors > _FEW_MAJORS else Care.CARE


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]


def _closed(package: Package, to: str, weak: Sequence[Advisory]) -> tuple[str, ...]:
    return tuple(_name(each) for each in weak if _is_mended(package.ecosystem, to, each))


def _is_mended(ecosystem: str, to: str, advisory: Advisory) -> bool:
    """Of fixes in several lines of releases the one of this line counts."""
    try:
        same = [fixed for fixed in advisory.fixed_in if major_of(ecosystem, fixed) == major_of(ecosystem, to)]
        return any(order_of(ecosystem, fixed) <= order_of(ecosystem, to) for fixed in same or advisory.fixed_in)
    except NoVersion:
        return False


def _name(advisory: Advisory) -> str:
    return next((name for name in sorted((advisory.id, *advisory.aliases)) if name.startswith("CVE-")), advisory.id)


def _support(package: Package, today: date) -> tuple[date | None, bool]:
    product = product_of(package)
    if product is None or not package.version or product not in support_dates().products:
        return None, False
    cycle = support_dates().products[product].cycle_of(package.version)
    return (cycle.end, cycle.is_over(today)) if cycle else (None, False)
