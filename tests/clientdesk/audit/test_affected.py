from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.audit.affected import Affected, Span, beyond_spans, fixed_for, is_affected, last_known_for, spans_of
from clientdesk.audit.version_order import NoVersion, order_of

ECOSYSTEMS = ["PyPI", "npm", "RubyGems", "Packagist", "Go"]
VERSIONS = some.tuples(*[some.integers(0, 4)] * 3).map(lambda v: ".".join(map(str, v)))
EVENTS = some.lists(some.tuples(some.sampled_from(["introduced", "fixed", "last_affected"]), VERSIONS), max_size=8)


def by_the_letter(ecosystem, events, version):
    """OSV's own algorithm, event by event: the state after the last event at or before the version."""
    at = order_of(ecosystem, version)
    affected = False
    rank = {"fixed": 0, "introduced": 1, "last_affected": 2}
    for kind, where in sorted(events, key=lambda event: (order_of(ecosystem, event[1]), rank[event[0]])):
        here = order_of(ecosystem, where)
        if kind == "introduced" and at >= here:
            affected = True
        elif (kind == "fixed" and at >= here) or (kind == "last_affected" and at > here):
            affected = False
    return affected


@given(some.sampled_from(ECOSYSTEMS), EVENTS, VERSIONS)
def test_a_version_is_affected_exactly_where_osv_says_so(ecosystem, events, version):
    affected = Affected(spans_of(ecosystem, events))

    assert is_affected(ecosystem, version, affected) is by_the_letter(ecosystem, events, version)


@given(some.sampled_from(ECOSYSTEMS), EVENTS, some.randoms())
def test_the_order_in_which_events_are_written_does_not_matter(ecosystem, events, random):
    shuffled = random.sample(events, len(events))

    assert spans_of(ecosystem, shuffled) == spans_of(ecosystem, events)


@given(some.sampled_from(ECOSYSTEMS), EVENTS, VERSIONS)
def test_a_fix_is_above_the_version_and_outside_its_span(ecosystem, events, version):
    affected = Affected(spans_of(ecosystem, events))

    for fixed in fixed_for(ecosystem, version, [affected]):
        assert order_of(ecosystem, fixed) > order_of(ecosystem, version)


@given(some.sampled_from(ECOSYSTEMS), EVENTS, some.lists(VERSIONS, max_size=10), VERSIONS)
def test_a_list_may_be_cut_to_what_is_beyond_the_spans(ecosystem, events, listed, version):
    whole = Affected(spans_of(ecosystem, events), tuple(listed))
    cut = Affected(whole.spans, tuple(beyond_spans(ecosystem, whole)))

    assert is_affected(ecosystem, version, cut) is is_affected(ecosystem, version, whole)


def test_zero_is_the_first_version_ever_even_before_prereleases():
    spans = spans_of("npm", [("introduced", "0"), ("fixed", "1.0.0")])

    assert is_affected("npm", "0.0.0-alpha", Affected(spans))
    assert not is_affected("npm", "1.0.0", Affected(spans))


def test_a_prerelease_of_the_fix_is_still_affected():
    assert is_affected("npm", "1.0.0-rc.1", Affected((Span("0", fixed="1.0.0"),)))


def test_the_last_affected_version_is_affected_and_names_no_fix():
    affected = Affected((Span("1.0.0", last="1.5.1"),))

    assert is_affected("npm", "1.5.1", affected)
    assert not is_affected("npm", "1.5.2", affected)
    assert fixed_for("npm", "1.5.1", [affected]) == ()
    assert last_known_for("npm", "1.5.1", [affected]) == "1.5.1"
    assert last_known_for("npm", "1.6.0", [affected]) == ""


def test_the_fix_is_that_of_the_branch_in_use():
    events = [("introduced", "0"), ("fixed", "5.2.8"), ("introduced", "6.0"), ("fixed", "6.1.7.10")]

    assert fixed_for("RubyGems", "6.1.4", [Affected(spans_of("RubyGems", events))]) == ("6.1.7.10",)


def test_a_listed_version_is_affected_in_any_spelling():
    assert is_affected("PyPI", "1.0", Affected(versions=("1.0.0",)))
    assert not is_affected("PyPI", "1.1", Affected(versions=("1.0.0", "no version")))


def test_a_version_without_an_order_is_neither_affected_nor_not():
    with pytest.raises(NoVersion):
        is_affected("npm", "latest", Affected((Span("0"),)))


def test_events_without_an_order_are_refused():
    with pytest.raises(NoVersion):
        spans_of("npm", [("introduced", "0"), ("fixed", "2.0.x")])
