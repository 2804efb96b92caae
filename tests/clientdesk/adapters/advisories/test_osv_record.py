from __future__ import annotations

import pytest
from fakes.osv_service import advisory
from hypothesis import given
from hypothesis import strategies as some

from clientdesk.adapters.advisories.osv_record import NotAnAdvisory, looked_up_name, osv_record, plain_ecosystem
from clientdesk.audit.affected import Affected, Span

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_record_says_what_it_is_about():
    record = osv_record(advisory("Flask_Login", "1.0", alias="CVE-1"))

    assert (record.id, record.aliases, record.is_withdrawn) == ("PYSEC-2026-1", ("CVE-1",), False)
    assert record.affected == {("PyPI", "flask-login"): (Affected((Span("0", fixed="1.0"),)),)}


def test_a_withdrawn_record_says_so():
    assert osv_record(advisory("a", "1", withdrawn="2026-01-01T00:00:00Z")).is_withdrawn


def test_only_the_ecosystem_asked_for_is_kept():
    assert osv_record(advisory("a", "1"), "npm").affected == {}


def test_ranges_of_commits_say_nothing_about_versions():
    entry = {
        "package": {"name": "a", "ecosystem": "PyPI"},
        "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}],
    }

    record = osv_record({"id": "A-1", "affected": [entry]})

    assert record.affected["PyPI", "a"] == (Affected(),)


def test_a_range_that_can_not_be_ordered_leaves_the_list_of_versions():
    events = [{"introduced": "0"}, {"fixed": "2019-09-12"}]
    entry = {"package": {"name": "a", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}

    with pytest.raises(NotAnAdvisory, match="2019-09-12"):
        osv_record({"id": "A-1", "affected": [entry]})
    assert osv_record({"id": "A-1", "affected": [{**entry, "versions": ["1.0"]}]}).affected["PyPI", "a"] == (
        Affected((), ("1.0",)),
    )


def test_hostile_words_are_one_printable_line_of_bounded_length():
    summary = osv_record(advisory("a", "1", summary="\x1b[31m red\nline " + "x" * 10_000)).summary

    assert summary.isprintable()
    assert len(summary) <= 300


@pytest.mark.parametrize("value", [None, [], {}, {"id": ""}, {"id": "../../etc"}, {"id": 7}, {"id": "A" * 200}])
def test_what_is_no_advisory_is_refused(value):
    with pytest.raises(NotAnAdvisory):
        osv_record(value)


@given(some.fixed_dictionaries({"id": some.just("A-1"), "affected": JSON, "severity": JSON, "aliases": JSON}))
def test_any_shape_is_read_or_refused(value):
    try:
        record = osv_record(value)
    except NotAnAdvisory:
        return
    assert record.id == "A-1"


def test_names_are_spelt_as_their_ecosystem_looks_them_up():
    assert looked_up_name("PyPI", "Zope.Interface") == "zope-interface"
    assert looked_up_name("Packagist", "Symfony/Http") == "symfony/http"
    assert looked_up_name("npm", "JSONStream") == "JSONStream"
    assert plain_ecosystem("Debian:12") == "Debian"
