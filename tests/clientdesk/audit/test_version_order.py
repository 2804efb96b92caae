from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.audit.version_order import NoVersion, is_prerelease, knows, major_of, order_of

ASCENDING = {
    "PyPI": ["1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.9", "1.10", "2!0.1"],
    "npm": ["0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.10", "1.0.0", "1.2.0", "1.10.0"],
    "Go": ["0.0.0-20200101000000-abcdef012345", "0.0.0-20210101000000-abcdef012345", "0.1.0", "1.9.0", "1.10.0"],
    "RubyGems": ["1.0.0.beta1", "1.0.0.rc1", "1.0.0", "6.1.4", "6.1.4.1", "6.1.7.9", "6.1.7.10", "6.2"],
    "Packagist": [
        "1.0.0-dev",
        "1.0.0-alpha2",
        "1.0.0-beta2",
        "1.0.0-beta10",
        "1.0.0-RC1",
        "1.0.0",
        "1.0.0-p1",
        "1.0.0.1",
    ],
}
SAME = {
    "PyPI": [("1.0", "1.0.0"), ("1.0RC1", "1.0rc1")],
    "npm": [("1.2.3+linux", "1.2.3+mac"), ("v1.2.3", "1.2.3")],
    "RubyGems": [("1.0", "1.0.0")],
    "Packagist": [("v1.2", "1.2.0.0"), ("1.0-beta.2", "1.0.0beta2")],
}


@pytest.mark.parametrize(("ecosystem", "ascending"), ASCENDING.items())
def test_versions_stand_in_the_order_of_their_ecosystem(ecosystem, ascending):
    shuffled = ascending[::2] + ascending[1::2]

    assert sorted(shuffled, key=lambda version: order_of(ecosystem, version)) == ascending


@pytest.mark.parametrize(
    ("ecosystem", "one", "other"), [(kind, *pair) for kind, pairs in SAME.items() for pair in pairs]
)
def test_two_spellings_of_one_version_are_the_same(ecosystem, one, other):
    assert order_of(ecosystem, one) == order_of(ecosystem, other)


@pytest.mark.parametrize("ecosystem", list(ASCENDING))
@pytest.mark.parametrize("text", ["", "latest", "*", ">=1.0", "1.0 || 2.0", "1" * 500, "^1.2.3", "\n"])
def test_what_is_no_version_has_no_order(ecosystem, text):
    with pytest.raises(NoVersion):
        order_of(ecosystem, text)


def test_an_ecosystem_without_a_known_rule_has_no_order():
    with pytest.raises(NoVersion, match="Maven can't be compared"):
        order_of("Maven", "1.0")
    assert not knows("Maven")


@given(some.sampled_from(list(ASCENDING)), some.text(max_size=20))
def test_any_text_has_an_order_or_is_refused(ecosystem, text):
    try:
        order = order_of(ecosystem, text)
    except NoVersion:
        return
    assert order == order_of(ecosystem, text)


@given(some.sampled_from(list(ASCENDING)), some.lists(some.tuples(*[some.integers(0, 30)] * 3), min_size=2, max_size=6))
def test_plain_numbers_are_ordered_as_numbers(ecosystem, numbers):
    versions = [f"{major}.{minor}.{patch}" for major, minor, patch in numbers]

    assert sorted(versions, key=lambda version: order_of(ecosystem, version)) == [
        f"{major}.{minor}.{patch}" for major, minor, patch in sorted(numbers)
    ]


@pytest.mark.parametrize(
    ("ecosystem", "version"),
    [("PyPI", "1.0rc1"), ("npm", "1.0.0-beta.1"), ("RubyGems", "1.0.0.rc1"), ("Packagist", "1.0-RC2")],
)
def test_a_prerelease_is_told_from_a_release(ecosystem, version):
    assert is_prerelease(ecosystem, version)
    assert not is_prerelease(ecosystem, "1.0.0")


@pytest.mark.parametrize(
    ("ecosystem", "version", "major"),
    [
        ("RubyGems", "6.1.4", "6"),
        ("npm", "0.6.1", "0.6"),
        ("PyPI", "1!2.0", "2"),
        ("Go", "v2.1.0", "2"),
        ("npm", "0", "0"),
    ],
)
def test_the_number_whose_change_may_break_users(ecosystem, version, major):
    assert major_of(ecosystem, version) == major
