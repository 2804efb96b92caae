"""What a run shows: all that is decided on, and nothing of a stranger's that means anything."""

from dataclasses import replace

from fakes.agency import AGENCY
from fakes.samples import MADE_AT, audit, call, clean_audit, proposal

from clientdesk.audit.judging import as_judged
from clientdesk.audit.report import Judgement, SignOff
from clientdesk.audit.result import Severity
from clientdesk.documents.artifacts import (
    audits_markdown,
    brief_markdown,
    estimate_markdown,
    evidence_markdown,
    finding_rows,
    proposal_markdown,
)
from clientdesk.domain.intake import Interest, RepositoryAddress, Sanity, judge_fit
from clientdesk.domain.pricing import PlanKind

HOSTILE = "<img src=x> [pay](http://evil.example) | `x`"


def test_brief_says_who_called_and_what_a_look_at_the_code_gave():
    said = replace(call(), company=HOSTILE, pains=HOSTILE)
    looks = (
        Sanity(RepositoryAddress("https://a.example/x.git"), default_branch="main", files=3, languages=("Python",)),
        Sanity(RepositoryAddress("https://a.example/y.git"), problem="it needs credentials"),
    )

    shown = brief_markdown(said, judge_fit(said, AGENCY.partners), looks)

    assert "<img" not in shown
    assert "](http" not in shown
    assert "| main |" in shown
    assert "**not reached:** it needs credentials" in shown


def test_audits_show_score_worst_findings_what_could_not_run_and_where_the_report_is():
    shown = audits_markdown([audit(30)], ["/srv/a.pdf"])

    assert "**C (61 of 100)**" in shown
    assert shown.count("| F-") == 12
    assert "and 18 more" in shown
    assert "Could not run" in shown
    assert "**Ran in part, and left out**\n\n- Security of the code: 2 files could not be parsed" in shown
    assert "`/srv/a.pdf`" in shown


def test_audit_without_findings_has_no_table():
    shown = audits_markdown([clean_audit()], [])

    assert "nothing found" in shown
    assert "| F-" not in shown


def test_findings_of_several_repositories_are_told_apart():
    rows = finding_rows([audit(2), audit(2)])

    assert [row["Finding"] for row in rows] == ["R1-F-01", "R1-F-02", "R2-F-01", "R2-F-02"]


def test_severities_set_by_the_engineer_are_shown_as_such():
    report = audit(3)
    first = report.findings[0]
    sign_off = SignOff("Ada", MADE_AT, "", (Judgement(first.id, first.finding.severity, Severity.INFO, "known"),))

    shown = audits_markdown([as_judged(report, sign_off)], [])

    assert "Judged by Ada" in shown
    assert f"{first.id}: {first.finding.severity.value} → info. known" in shown


def test_proposal_shows_both_plans_every_line_and_the_document():
    offered = proposal(audit(9))

    shown = proposal_markdown(offered, "en_IE", ["/srv/p.pdf"])

    assert shown.count("### ") == 3
    assert shown.count("\n| ") >= len(offered.quote.recommended.lines)
    assert "`/srv/p.pdf`" in shown


def test_plan_by_the_hour_is_called_by_its_name():
    asked = replace(call(), interest=Interest.PAY_AS_YOU_GO)

    shown = proposal_markdown(proposal(audit(9), asked, plan=PlanKind.PAY_AS_YOU_GO), "en_IE", [])

    assert "pay as you go" in shown
    assert "Interested in: pay-as-you-go" in brief_markdown(asked, judge_fit(asked, {}), ())
    assert "payg" not in shown


def test_audits_behind_a_proposal_are_shown_with_who_answers_for_each():
    nobodys = replace(audit(1), sign_off=None)
    signed = as_judged(audit(1), SignOff("Ada", MADE_AT, "", ()))

    shown = evidence_markdown([nobodys, signed], "en_IE", "Europe/Berlin")

    assert shown.count(f" at `{nobodys.commit[:10]}`, audited ") == 2
    assert "**signed off by nobody**" in shown
    assert "signed off by Ada" in shown


def test_estimate_shows_each_piece_of_work_with_its_reason():
    offered = proposal(audit(9))

    shown = estimate_markdown(offered.estimate, "en_IE")

    assert shown.count("\n| ") == 2 + len(offered.estimate.items)
    assert "Together" in shown
