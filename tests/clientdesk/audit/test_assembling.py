from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fakes.repository import RepositoryFromText

from clientdesk.audit.assembling import assemble, with_changes, with_profile
from clientdesk.audit.comparing import earlier
from clientdesk.audit.profile import IgnoredPath, Profile
from clientdesk.audit.result import Confidence, Finding, Severity, Tool, could_not_run, judged

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday


def finding(severity):
    return Finding("ci", "ci.none", severity, Confidence.HIGH, "No pipeline", "It hurts", "Add one")


def test_a_report_holds_the_facts_of_the_repository():
    repository = RepositoryFromText({"a.py": "x = 1\n", "b.py": ""})

    report = assemble(repository, [], AT)

    assert (report.repository, report.commit, report.ref, report.files, report.bytes, report.audited_at) == (
        repository.address,
        repository.commit,
        "main",
        2,
        6,
        AT,
    )


def test_findings_are_numbered_worst_first_and_every_result_is_kept():
    results = [
        judged("ci", (finding(Severity.LOW), finding(Severity.HIGH)), "two"),
        could_not_run("security", "broken"),
    ]

    report = assemble(RepositoryFromText({}), results, AT)

    assert [(one.id, one.finding.severity) for one in report.findings] == [("F-01", "high"), ("F-02", "low")]
    assert report.results == tuple(results)


def test_own_checks_are_of_the_version_that_ran_them():
    bandit = judged("security", (), "clean", tool=Tool("bandit", "1.9.4"))

    report = assemble(RepositoryFromText({}), [judged("ci", (), "clean"), bandit], AT, "1.2.3")

    assert [result.tool for result in report.results] == [Tool("clientdesk", "1.2.3"), Tool("bandit", "1.9.4")]
    assert report.edition == "1.2.3"


def test_what_is_set_aside_is_kept_with_its_number_and_scored_apart():
    bad, other = replace(finding(Severity.HIGH), path="legacy/ci.yml"), finding(Severity.LOW)
    report = assemble(RepositoryFromText({}), [judged("ci", (bad, other), "two")], AT)

    judged_now = with_profile(report, Profile("p", "0" * 64, (IgnoredPath("legacy/**", "retired"),)), AT.date())

    assert [one.id for one in judged_now.findings] == ["F-02"]
    assert [one.numbered.id for one in judged_now.set_aside] == ["F-01"]
    assert (judged_now.score_of_all, judged_now.score.points > report.score.points) == (report.score, True)
    assert judged_now.results == report.results


def test_a_profile_that_meets_nothing_leaves_one_score():
    report = assemble(RepositoryFromText({}), [judged("ci", (finding(Severity.LOW),), "one")], AT)

    assert with_profile(report, Profile("p", "0" * 64), AT.date()).score_of_all is None


def test_changes_are_kept_with_the_report():
    report = assemble(RepositoryFromText({}), [judged("ci", (finding(Severity.LOW),), "one")], AT, "1.0")

    assert with_changes(report, earlier(report)).changes.remaining == ("F-01",)
