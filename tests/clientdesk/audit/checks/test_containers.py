from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.containers import CHECK
from clientdesk.audit.repository import ToolFailed, UnreadFile
from clientdesk.audit.result import Outcome, Severity, Tool
from clientdesk.audit.scans import DOCKER_LINT, DockerIssue, DockerReport

MONDAY = date(2026, 3, 2)
HADOLINT = Tool("hadolint", "2.15.1")


def look(*issues, files=1, unread=()):
    report = DockerReport(HADOLINT, tuple(issues), files, tuple(unread))
    return CHECK.look(RepositoryFromText({}, {DOCKER_LINT: report}), MONDAY)


def issue(rule, line=1, path="Dockerfile", *, ignored=False):
    return DockerIssue(rule, "warning", "words", path, line, ignored)


def test_good_files_are_clean_and_praised():
    result = look()

    assert (result.outcome, len(result.strengths), result.tool) == (Outcome.CLEAN, 1, HADOLINT)


def test_no_docker_file_is_not_applicable():
    assert look(files=0).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rule", "kind", "severity"),
    [
        ("DL3064", "hadolint.secret", Severity.MEDIUM),
        ("DL3002", "hadolint.root", Severity.MEDIUM),
        ("DL3007", "hadolint.loose-base", Severity.LOW),
        ("DL3013", "hadolint.loose-packages", Severity.LOW),
        ("DL3025", "hadolint.signals", Severity.LOW),
        ("DL4006", "hadolint.pipes", Severity.LOW),
    ],
)
def test_fault_is_told_with_its_place(rule, kind, severity):
    (finding,) = look(issue(rule, 7)).findings

    assert (finding.rule, finding.severity, finding.path, finding.line) == (kind, severity, "Dockerfile", 7)
    assert f"Dockerfile:7 ({rule})" in finding.evidence
    assert finding.effort == "containers.mend"


def test_places_of_one_fault_are_one_finding():
    (finding,) = look(issue("DL3006", 1), issue("DL3007", 9)).findings

    assert finding.title == "The base image has no version (2 places)"


def test_style_is_one_remark_that_costs_nothing():
    (finding,) = look(issue("DL3059", 1), issue("DL3059", 2), issue("DL3008", 3)).findings

    assert (finding.severity, finding.effort) == (Severity.INFO, "")
    assert finding.evidence == "DL3059 (2) and DL3008 (1)."


@pytest.mark.parametrize("path", ["tests/Dockerfile", "docs/Dockerfile", "examples/a/Dockerfile"])
def test_faults_of_files_that_reach_no_customer_are_remarks(path):
    assert [finding.severity for finding in look(issue("DL3007", path=path)).findings] == [Severity.INFO]


def test_warning_switched_off_is_told_as_such():
    (finding,) = look(issue("DL3002", 4, ignored=True), issue("DL3059", ignored=True)).findings

    assert (finding.rule, finding.severity) == ("hadolint.ignored", Severity.INFO)
    assert finding.evidence == "Dockerfile:4 (DL3002)."


def test_file_that_was_not_read_is_a_gap_and_nothing_found_is_then_not_clean():
    result = look(files=1, unread=[UnreadFile("web/Dockerfile", "not a Docker file that can be read")])

    assert (result.outcome, result.strengths) == (Outcome.COULD_NOT_RUN, ())
    assert "web/Dockerfile" in result.gaps[0]


def test_tool_that_failed_is_passed_on():
    with pytest.raises(ToolFailed):
        CHECK.look(RepositoryFromText({"Dockerfile": "FROM x"}), MONDAY)


def test_what_the_file_itself_contradicts_is_a_remark():
    report = DockerReport(HADOLINT, (issue("DL3025", 2),), 1)
    files = {"Dockerfile": "FROM a:1\nHEALTHCHECK CMD curl -f http://localhost || exit 1\n"}

    (finding,) = CHECK.look(RepositoryFromText(files, {DOCKER_LINT: report}), MONDAY).findings

    assert (finding.rule, finding.severity) == ("hadolint.remarks", Severity.INFO)
