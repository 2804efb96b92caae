from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.audit.package_age import Age, age_of
from clientdesk.audit.repository import Package, PackageReleases, Release

REACT = Package("npm", "react", "17.0.2", "package.json", direct=True)
RELEASES = (
    Release("17.0.2", date(2021, 3, 22)),
    Release("19.1.0", date(2025, 3, 28)),
    Release("17.10.0", date(2022, 3, 22)),
    Release("20.0.0-beta.1", date(2026, 1, 1)),
    Release("19.2.0", date(2025, 6, 1), "broken"),
    Release("nonsense", date(2026, 1, 1)),
)


def age(version="17.0.2", releases=RELEASES, ecosystem="npm"):
    return age_of(Package(ecosystem, "react", version, "package.json"), PackageReleases(ecosystem, "react", releases))


def test_newest_and_newest_of_the_same_major_are_told_and_the_years_between():
    found = age()

    assert isinstance(found, Age)
    assert (found.near, found.newest, found.is_behind, found.is_major) == ("17.10.0", "19.1.0", True, True)
    assert found.years == pytest.approx(4.02, abs=0.01)


def test_whoever_uses_a_prerelease_is_told_of_prereleases():
    assert age("20.0.0-beta.1").newest == "20.0.0-beta.1"
    assert age("19.2.0").newest == "19.2.0"


def test_the_newest_version_is_not_behind():
    found = age("19.1.0")

    assert (found.is_behind, found.years, found.newest) == (False, 0.0, "19.1.0")


def test_a_mended_old_branch_is_not_younger_than_nothing():
    releases = (Release("2.0.0", date(2020, 1, 1)), Release("1.9.0", date(2025, 1, 1)))

    assert age("1.9.0", releases).years == 0.0


def test_without_days_there_are_no_years():
    found = age("1.0.0", (Release("1.0.0", None), Release("2.0.0", date(2025, 1, 1))))

    assert (found.years, found.newest) == (None, "2.0.0")


def test_a_version_that_is_not_listed_or_has_no_order_is_a_reason():
    assert age("18.0.0") == "its index does not list the version in use"
    assert age("next") == "its version is not one that its ecosystem can order"


def test_another_spelling_of_the_version_is_found():
    assert age("1.0", (Release("1.0.0", date(2025, 1, 1)),), "PyPI").is_behind is False


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3), some.dates()), min_size=1, max_size=8))
def test_years_are_never_negative_and_the_newest_is_never_older_than_the_version_in_use(given_releases):
    releases = tuple(Release(f"{major}.{minor}.0", day) for major, minor, day in given_releases)
    found = age(releases[0].version, releases)

    assert found.years >= 0
    assert tuple(map(int, found.newest.split("."))) >= tuple(map(int, releases[0].version.split(".")))
