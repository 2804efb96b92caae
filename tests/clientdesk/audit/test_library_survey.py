"""Two surveys compared, package by package."""

from __future__ import annotations

from datetime import UTC, datetime

from fakes.repository import RepositoryFromText

from clientdesk.audit.library_survey import LibrarySurvey, Moved, Pinned, direct_of, grouped, moved_between, pinned_of
from clientdesk.audit.repository import Package

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_survey(*rows):
    pinned = tuple(Pinned("PyPI", name, version, "requirements.txt", direct) for name, version, direct in rows)
    return LibrarySurvey("app", "c0ffee", NOW, pinned, (), 0)


def test_moved_packages_are_told_from_to_direct_ones_first():
    before = a_survey(("zlib", "1.0", True), ("attrs", "1", False), ("same", "1", True))
    after = a_survey(("zlib", "1.2", True), ("attrs", "2", False), ("same", "1", True))

    assert moved_between(before, after) == (
        Moved("PyPI", "zlib", "1.0", "1.2", True),
        Moved("PyPI", "attrs", "1", "2", False),
    )


def test_packages_that_came_and_went_have_an_empty_side():
    moved = moved_between(a_survey(("old", "1", True)), a_survey(("new", "2", True)))

    assert [(each.name, each.before, each.after) for each in moved] == [("new", "", "2"), ("old", "1", "")]


def test_several_versions_of_one_package_are_one_row():
    moved = moved_between(a_survey(("a", "1", False), ("a", "2", False)), a_survey(("a", "2", False)))

    assert [(each.before, each.after) for each in moved] == [("1, 2", "2")]


def test_what_files_name_is_read_once_for_each_place():
    repository = RepositoryFromText({"requirements.txt": "click==8.1\n", "api/requirements.txt": "click==8.1\n"})

    assert [each.path for each in pinned_of(repository)] == ["api/requirements.txt", "requirements.txt"]
    assert [each.name for each in direct_of(repository)] == ["click"]


def test_unmeasured_packages_are_grouped_by_their_reason():
    packages = [Package("PyPI", name, "1", "requirements.txt") for name in ("b", "a")]

    (found,) = grouped((each, "the index was not reached") for each in packages)

    assert found.names == ("a", "b")
