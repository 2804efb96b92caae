from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.adapters.indexes.release_lists import FORMATS, from_json, to_json
from clientdesk.audit.repository import PackageReleases, Release

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def file(name, day="2024-05-01T10:00:00.000Z", yanked=False):
    return {"filename": name, "upload-time": day, "yanked": yanked}


def test_pypis_files_are_put_together_by_version():
    answer = {
        "files": [
            file("zope_interface-1.0-py3-none-any.whl", "2024-05-02T00:00:00Z"),
            file("zope.interface-1.0.tar.gz"),
            file("zope.interface-1.1.tar.gz", "2024-06-01T00:00:00Z", "breaks"),
            file("zope_interface-1.1-py3-none-any.whl", "2024-06-01T00:00:00Z", True),
            file("zope.interface-2.0.tar.gz", "2025-01-01T00:00:00Z", True),
            file("zope_interface-2.0-py3-none-any.whl", "2025-01-01T00:00:00Z", False),
            file("zope.interface-1.0.win32.exe"),
            {"filename": 7},
        ]
    }

    found = FORMATS["PyPI"].read("zope-interface", answer)

    assert found.releases == (
        Release("1.0", date(2024, 5, 1)),
        Release("1.1", date(2024, 6, 1), "breaks"),
        Release("2.0", date(2025, 1, 1)),
    )


def test_pypis_project_status_says_what_was_given_up():
    archived = {"files": [], "project-status": {"status": "archived", "reason": "moved\nto flask"}}

    assert FORMATS["PyPI"].read("a", archived).abandoned == "moved to flask"
    assert FORMATS["PyPI"].read("a", {"project-status": {"status": "active"}}).abandoned == ""


def test_npms_document_is_read_with_days_and_deprecations():
    answer = {
        "dist-tags": {"latest": "2.0.0"},
        "versions": {"1.0.0": {"deprecated": "use 2"}, "2.0.0": {}, "2.1.0-rc.1": {"deprecated": True}},
        "time": {"created": "2019-01-01", "1.0.0": "2020-01-02T03:04:05Z", "2.0.0": "2024-01-02T03:04:05Z"},
    }

    found = FORMATS["npm"].read("request", answer)

    assert found.abandoned == ""
    assert found.releases == (
        Release("1.0.0", date(2020, 1, 2), "use 2"),
        Release("2.0.0", date(2024, 1, 2)),
        Release("2.1.0-rc.1", None, "no reason given"),
    )
    answer["versions"]["2.0.0"]["deprecated"] = "request has been deprecated"
    assert FORMATS["npm"].read("request", answer).abandoned == "request has been deprecated"


def test_rubygems_list_is_read_with_one_release_a_version():
    answer = [
        {"number": "8.0.1", "platform": "ruby", "created_at": "2024-12-13T20:00:00.000Z", "prerelease": False},
        {"number": "8.0.1", "platform": "java", "created_at": "2024-12-14T20:00:00.000Z", "prerelease": False},
        {"number": "8.0.0.rc1", "platform": "ruby", "created_at": None},
        {"platform": "ruby"},
    ]

    found = FORMATS["RubyGems"].read("rails", answer)

    assert found.releases == (Release("8.0.1", date(2024, 12, 13)), Release("8.0.0.rc1", None))
    assert FORMATS["RubyGems"].path("rails") == "/api/v1/versions/rails.json"


def test_scoped_names_are_one_part_of_the_address():
    assert FORMATS["npm"].path("@babel/core") == "/@babel%2Fcore"
    assert FORMATS["PyPI"].path("../../x") == "/..%2F..%2Fx/"


@given(some.sampled_from(list(FORMATS)), JSON)
def test_any_answer_is_read_as_some_releases(ecosystem, answer):
    found = FORMATS[ecosystem].read("a", answer)

    assert from_json(ecosystem, "a", to_json(found)) == found


def test_what_was_kept_is_read_again():
    known = PackageReleases("npm", "a", (Release("1.0.0", None, "bad"), Release("2.0.0", date(2024, 1, 1))), "gone")

    assert from_json("npm", "a", to_json(known)) == known
    assert from_json("npm", "a", [1, {"releases": [[]]}]).releases == ()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("git+https://github.com/expressjs/express.git", "https://github.com/expressjs/express/releases"),
        ({"url": "git@gitlab.com:group/app.git"}, "https://gitlab.com/group/app/-/releases"),
        ({"url": "https://github.com/a/b/tree/main/packages/c"}, "https://github.com/a/b/releases"),
        ("github:expressjs/express", ""),
        ("https://evilgithub.com/a/b", ""),
        ("javascript:alert(1)//github.com/a/b", "https://github.com/a/b/releases"),
        (7, ""),
    ],
)
def test_npms_repository_gives_its_page_of_releases_where_the_host_is_known(written, address):
    assert FORMATS["npm"].read("express", {"repository": written}).changelog == address


@pytest.mark.parametrize("written", ["javascript:alert(1)", "http://a.b/", 'https://example.com/"><script>', "", 7])
def test_address_that_is_none_is_not_taken_for_a_changelog(written):
    entry = {"number": "1.0", "metadata": {"changelog_uri": written}}

    assert FORMATS["RubyGems"].read("rails", [entry]).changelog == ""


def test_changelog_is_kept_with_the_answer():
    entry = {"number": "1.0", "metadata": {"changelog_uri": "https://github.com/rails/rails/releases/tag/v1.0"}}
    known = FORMATS["RubyGems"].read("rails", [entry])

    assert known.changelog == "https://github.com/rails/rails/releases/tag/v1.0"
    assert from_json("RubyGems", "rails", to_json(known)) == known
