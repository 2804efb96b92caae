from __future__ import annotations

from itertools import permutations

from clientdesk.adapters.advisories.answers import Answers, Pin, Weakness, combined, latest, merged, nearest_above
from clientdesk.audit.result import Severity

FLASK = Pin("PyPI", "flask", "0.12")
CLICK = Pin("PyPI", "click", "8.0")


def test_several_names_of_one_weakness_are_one_in_any_order():
    told = [
        Weakness("PYSEC-1", ("CVE-1",), "", None, None, ("1.0",)),
        Weakness("GHSA-1", ("CVE-1",), "Words.", Severity.HIGH, 7.5, ("1.0.1",)),
        Weakness("OSV-1", ("GHSA-1",)),
        Weakness("PYSEC-2", ("CVE-2",)),
    ]

    for order in permutations(told):
        first, second = merged(order, "PyPI")
        assert first == Weakness("GHSA-1", ("CVE-1", "OSV-1", "PYSEC-1"), "Words.", Severity.HIGH, 7.5, ("1.0.1",))
        assert second.id == "PYSEC-2"


def test_the_gravest_severity_counts_with_its_own_score():
    told = [Weakness("A", ("X",), "", Severity.CRITICAL), Weakness("B", ("X",), "", Severity.LOW, 2.0)]

    (one,) = merged(told, "npm")

    assert (one.severity, one.score) == (Severity.CRITICAL, None)


def test_what_is_no_version_is_never_the_latest():
    assert latest("npm", ["1.9.0", "1.10.0", "next"]) == ("1.10.0",)
    assert latest("npm", ["next"]) == ()


def test_a_fix_of_an_older_branch_leads_nobody_backwards():
    pin = Pin("PyPI", "flask", "2.3.0")

    assert nearest_above(pin, ["2.2.5", "3.0", "2.3.2", "next"]) == ("2.3.2",)
    assert nearest_above(pin, ["2.2.5"]) == ()


def test_a_pin_failed_only_where_nobody_answered():
    first = Answers({FLASK: ()}, {CLICK: "no time"})
    second = Answers({}, {FLASK: "not reached", CLICK: "not loaded"})

    both = combined(first, second)

    assert (both.known, both.failed) == ({FLASK: ()}, {CLICK: "not loaded"})


def test_two_sources_about_one_pin_are_put_together():
    first = Answers({FLASK: (Weakness("PYSEC-1", ("CVE-1",)),)})
    second = Answers({FLASK: (Weakness("GHSA-1", ("CVE-1",)), Weakness("GHSA-2"))})

    assert [each.id for each in combined(first, second).known[FLASK]] == ["GHSA-1", "GHSA-2"]
