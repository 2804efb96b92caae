from __future__ import annotations

from clientdesk.audit.advisory_words import first_sentence, fix_of, fixed_in_all, gravest_first, names_of
from clientdesk.audit.repository import Advisory, Package
from clientdesk.audit.result import Severity

RAILS = Package("RubyGems", "rails", "6.1.4", "Gemfile.lock", 3, direct=True)


def advisory(id_="GHSA-1", fixed=("6.1.7.10",), aliases=(), **more):
    return Advisory(id_, aliases, RAILS, "", fixed, **more)


def test_an_advisory_is_called_by_its_cve_with_its_severity():
    rated = advisory(aliases=("PYSEC-1", "CVE-2024-1"), severity=Severity.CRITICAL, score=9.8)

    assert names_of([rated, advisory(severity=Severity.LOW)]) == "CVE-2024-1 (critical, CVSS 9.8) and GHSA-1 (low)."


def test_at_most_six_are_named_and_the_others_counted():
    assert names_of([advisory(f"A-{number}") for number in range(40)]).endswith("A-5 and 34 more.")


def test_the_gravest_stands_first_and_the_unrated_count_as_high():
    order = sorted(
        [advisory("C", severity=Severity.MEDIUM), advisory("B"), advisory("A", severity=Severity.CRITICAL)],
        key=gravest_first,
    )

    assert [each.id for each in order] == ["A", "B", "C"]


def test_one_upgrade_mends_all_that_can_be_mended():
    known = [advisory("A", ("6.1.7.9",)), advisory("B", ("6.1.7.10",)), advisory("C", ())]

    assert fixed_in_all(RAILS, known) == ("6.1.7.10", [known[2]])
    assert fix_of(RAILS, known) == "No fixed version is known for C: replace it. An upgrade to 6.1.7.10 mends the rest."
    assert fix_of(RAILS, known[:2]) == "Upgrade rails to 6.1.7.10 or newer."


def test_a_version_against_which_nothing_is_known_counts_more_than_the_nearest_fix():
    assert fix_of(RAILS, [advisory(upgrade_to="7.0.1")]) == "Upgrade rails to 7.0.1 or newer."


def test_a_fix_that_is_no_version_is_told_as_it_stands():
    assert fixed_in_all(RAILS, [advisory(fixed=("not a version",))])[0] == "not a version"


def test_the_first_sentence_is_enough_and_short():
    assert first_sentence("Lets anybody in. And more.\nAnd more.") == "Lets anybody in."
    assert len(first_sentence("x" * 1000)) == 201
    assert first_sentence(" \n") == ""
