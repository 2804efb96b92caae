from __future__ import annotations

from datetime import UTC, datetime

from fakes.repository import RepositoryFromText

from clientdesk.audit.assembling import assemble
from clientdesk.audit.result import Confidence, Finding, Severity, could_not_run, judged

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
