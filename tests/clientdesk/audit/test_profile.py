from datetime import date

import pytest

from clientdesk.audit.profile import Acceptance, IgnoredPath

TUESDAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("glob", "covered", "free"),
    [
        ("legacy/**", ["legacy/a.py", "legacy/deep/b.py"], ["legacy.py", "app/legacy/a.py"]),
        ("docs/", ["docs/a.py", "docs/x/y.py"], ["docs", "docs2/a.py"]),
        ("**/*.min.js", ["a.min.js", "web/x/a.min.js"], ["a.js", "amin.js"]),
        ("src/*.py", ["src/a.py"], ["src/x/a.py", "src/.pyc"]),
        ("a?c.py", ["abc.py"], ["ac.py", "a/c.py"]),
        ("app/[x]+(1).py", ["app/[x]+(1).py"], ["app/x.py"]),
    ],
)
def test_globs_are_read_from_the_top_and_a_star_stays_in_its_folder(glob, covered, free):
    ignored = IgnoredPath(glob, "old")

    assert [path for path in (*covered, *free) if ignored.covers(path)] == covered


def test_what_concerns_the_whole_repository_is_never_ignored_by_path():
    assert not IgnoredPath("**", "all of it").covers("")


def test_an_acceptance_holds_up_to_and_including_its_day():
    accepted = Acceptance("0" * 16, "known", "Ada", TUESDAY)

    assert [accepted.holds_on(TUESDAY), accepted.holds_on(date(2026, 4, 1))] == [True, False]
