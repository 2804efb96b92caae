"""The engineer's judgement: kept with its reason, and what counts follows it."""

from dataclasses import replace

import pytest
from fakes.samples import MADE_AT, audit

from clientdesk.audit.judging import BadJudgement, Opinion, as_judged, judgements
from clientdesk.audit.report import Judgement, SignOff
from clientdesk.audit.result import Severity

REPORT = audit(12)
FIRST = REPORT.findings[0]


def signed(*kept):
    return SignOff("Ada", MADE_AT, "", kept)


def test_severity_set_by_the_engineer_is_kept_with_what_the_check_said():
    kept = judgements(REPORT, [Opinion(f" {FIRST.id.lower()} ", Severity.INFO, " test code ")])

    assert kept == (Judgement(FIRST.id, FIRST.finding.severity, Severity.INFO, "test code"),)


def test_opinion_that_agrees_with_the_check_changes_nothing():
    assert judgements(REPORT, [Opinion(FIRST.id, FIRST.finding.severity, "I think so too")]) == ()


@pytest.mark.parametrize(
    ("opinions", "said"),
    [
        ([Opinion("F-99", Severity.LOW, "why")], "no finding 'F-99'.*numbered F-01 to F-12"),
        ([Opinion(FIRST.id, Severity.LOW, " ")], "without a reason"),
        ([Opinion(FIRST.id, Severity.LOW, "a"), Opinion(FIRST.id, Severity.INFO, "b")], "set twice"),
    ],
)
def test_opinion_that_cannot_be_kept_is_refused_with_what_would_do(opinions, said):
    with pytest.raises(BadJudgement, match=said):
        judgements(REPORT, opinions)


def test_report_without_findings_says_so():
    with pytest.raises(BadJudgement, match="it has no findings"):
        judgements(replace(REPORT, findings=()), [Opinion("F-01", Severity.LOW, "why")])


def test_score_and_order_follow_and_numbers_stay():
    judged = as_judged(REPORT, signed(Judgement(FIRST.id, FIRST.finding.severity, Severity.INFO, "test code")))

    assert {each.id for each in judged.findings} == {each.id for each in REPORT.findings}
    assert next(each for each in judged.findings if each.id == FIRST.id).finding.severity is Severity.INFO
    assert judged.findings[-1].id == FIRST.id
    found = [finding for result in judged.results for finding in result.findings]
    assert sum(f.severity is Severity.INFO for f in found) == 1 + sum(
        each.finding.severity is Severity.INFO for each in REPORT.findings
    )


def test_all_set_to_notes_cost_no_points():
    kept = [Judgement(e.id, e.finding.severity, Severity.INFO, "no risk") for e in REPORT.findings]

    judged = as_judged(REPORT, signed(*kept))

    assert all(area.points in {100, None} for area in judged.score.areas)


def test_sign_off_without_judgements_leaves_the_findings_alone():
    judged = as_judged(REPORT, signed())

    assert judged.findings == REPORT.findings
    assert judged.score == REPORT.score
    assert judged.sign_off == signed()
