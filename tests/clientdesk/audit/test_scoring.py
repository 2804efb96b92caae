from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.audit.check import Area
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.result import Confidence, Finding, Outcome, Severity, could_not_run, judged, not_applicable
from clientdesk.audit.scoring import score

AREA_OF = {check.id: check.area for check in CHECKS}
CLEAN = [judged(check.id, (), "nothing") for check in CHECKS]


def finding(check="ci", severity=Severity.MEDIUM, confidence=Confidence.HIGH, cause="cause"):
    return Finding(check, f"{check}.rule", severity, confidence, "title", "consequence", "fix", cause=cause)


def with_result(results, result):
    return [result if one.check == result.check else one for one in results]


def area(scored, wanted):
    return next(line for line in scored.areas if line.area is wanted)


findings = st.builds(
    finding,
    check=st.sampled_from(sorted(AREA_OF)),
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from(Confidence),
    cause=st.sampled_from(["", "a", "b"]),
)


def results_of(found):
    return [judged(check.id, tuple(one for one in found if one.check == check.id), "said") for check in CHECKS]


def test_nothing_found_is_a_hundred_points_everywhere():
    scored = score(CLEAN)

    assert (scored.points, scored.grade) == (100, "A")
    assert [line.points for line in scored.areas] == [100] * len(Area)


@given(st.lists(findings, max_size=12), findings)
def test_one_more_finding_never_raises_a_score(found, more):
    before, after = score(results_of(found)), score(results_of([*found, more]))

    assert after.points <= before.points
    assert all(new.points <= old.points for old, new in zip(before.areas, after.areas, strict=True))


@given(st.lists(findings, max_size=12), st.sampled_from(sorted(AREA_OF)))
def test_a_check_that_could_not_run_never_leaves_a_clean_area_alone(found, failed):
    scored = score(with_result(results_of(found), could_not_run(failed, "no network")))
    line = area(scored, AREA_OF[failed])

    assert failed in line.reason
    assert line.points is None or "Could not run" in line.reason


def test_security_without_its_analyser_is_not_assessed():
    scored = score(with_result(CLEAN, could_not_run("security", "bandit crashed")))

    assert area(scored, Area.SECURITY).points is None
    assert "not assessed: security" in scored.verdict
    assert scored.verdict.startswith("What could be assessed")


def test_a_critical_finding_counts_in_an_area_that_is_not_assessed():
    secret = finding("secret-files", Severity.CRITICAL)
    results = with_result(CLEAN, could_not_run("security", "bandit crashed"))

    scored = score(with_result(results, judged("secret-files", (secret,), "found")))

    assert scored.points == 59
    assert "Found all the same: 1 critical" in area(scored, Area.SECURITY).reason


def test_an_area_that_does_not_apply_has_no_points_and_is_not_missing():
    scored = score(with_result(CLEAN, not_applicable("monitoring", "a library")))

    assert (area(scored, Area.OPERATIONS).points, scored.points) == (None, 100)
    assert "not assessed" not in scored.verdict


def test_places_of_one_cause_cost_once():
    one, three = (finding(),), (finding(), finding(), finding())

    assert [score(with_result(CLEAN, judged("ci", f, "x"))).points for f in (one, three)] == [98, 98]


def test_less_sure_findings_cost_less():
    points = [
        area(
            score(with_result(CLEAN, judged("ci", (finding(severity=Severity.HIGH, confidence=c),), "x"))),
            Area.DELIVERY,
        )
        for c in Confidence
    ]

    assert [line.points for line in points] == [70, 78, 85]


def test_the_reason_names_what_cost_the_points():
    scored = score(with_result(CLEAN, judged("ci", (finding(cause="unsafe workflows"),), "x")))

    assert area(scored, Area.DELIVERY).reason == "1 medium: unsafe workflows."


def test_what_was_examined_in_part_is_said():
    partial = judged("complexity", (finding("complexity"),), "x", gaps=("a.py could not be read",))

    assert "Examined in part: complexity" in area(score(with_result(CLEAN, partial)), Area.MAINTAINABILITY).reason


def test_security_that_nothing_was_found_in_a_part_of_is_not_assessed():
    """The part left out may be all that a tool failed on."""
    partial = judged("security", (), "nothing", gaps=("bandit: it ran out of memory",))

    scored = area(score(with_result(CLEAN, partial)), Area.SECURITY)

    assert (scored.points, scored.reason) == (None, "Not assessed: security ran in part only.")


def test_area_of_which_most_was_seen_is_assessed_and_says_what_ran_in_part():
    partial = judged("hotspots", (), "nothing", gaps=("Vue code was not measured",))

    scored = area(score(with_result(CLEAN, partial)), Area.MAINTAINABILITY)

    assert (scored.points, scored.reason) == (100, "Nothing found that costs points. Examined in part: hotspots.")


def test_area_of_which_nothing_was_seen_whole_is_not_assessed():
    scored = area(score([judged("security", (), "nothing", gaps=("a.py could not be read",))]), Area.SECURITY)

    assert (scored.points, scored.reason) == (None, "Not assessed: security ran in part only.")


def test_no_verdict_where_most_could_not_run():
    results = [could_not_run(check.id, "broken") for check in CHECKS]

    scored = score(results)

    assert (scored.points, {line.points for line in scored.areas}) == (None, {None})
    assert scored.verdict.startswith("Too little")


def test_order_of_results_does_not_matter():
    found = [finding("ci", Severity.HIGH), finding("security", Severity.LOW)]
    results = results_of(found)

    assert score(results) == score([replace(result) for result in reversed(results)])
    assert {result.outcome for result in results} == {Outcome.CLEAN, Outcome.FOUND}


@pytest.mark.parametrize("check", ["security", "dependencies"])
def test_what_nobody_looked_at_does_not_look_good(check):
    results = [judged(each.id, (), "nothing") for each in CHECKS if each.area is not AREA_OF[check]]
    failed = [could_not_run(each.id, "no network") for each in CHECKS if each.area is AREA_OF[check]]

    found = score([*results, *failed])

    assert (found.points, found.grade) == (74, "C")
    assert found.verdict.startswith("What could be assessed of the repository is in very good shape; not assessed: ")
    assert found.verdict.endswith(f"{AREA_OF[check].value}, which holds the grade at C.")


def test_other_areas_that_were_not_assessed_hold_nothing_down():
    area = AREA_OF["ci"]
    results = [judged(each.id, (), "nothing") for each in CHECKS if each.area is not area]
    failed = [could_not_run(each.id, "no network") for each in CHECKS if each.area is area]

    assert score([*results, *failed]).grade == "A"
