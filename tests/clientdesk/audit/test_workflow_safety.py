from __future__ import annotations

import pytest

from clientdesk.audit.pipelines import Pipeline
from clientdesk.audit.result import Confidence, Severity, Tool
from clientdesk.audit.scans import WorkflowIssue, WorkflowReport
from clientdesk.audit.workflow_safety import safety_findings

PATH = ".github/workflows/a.yml"


def issue(rule, severity="high", confidence="high", *, line=1, what="does it", excerpt="", ignored=False, path=PATH):
    return WorkflowIssue(rule, "words of zizmor", severity, confidence, path, line, what, excerpt, ignored)


def found(*issues, pipelines=()):
    return safety_findings("ci", pipelines, WorkflowReport(Tool("zizmor", "1"), tuple(issues), 1))


def test_places_of_one_rule_are_one_finding_and_the_worst_is_named():
    (finding,) = found(
        issue("artipacked", "medium", "low", line=9),
        issue("artipacked", "medium", "medium", line=3),
    )

    assert (finding.check, finding.rule, finding.line) == ("ci", "zizmor.artipacked", 3)
    assert finding.title == "The token stays behind after the checkout (2 places)"
    assert finding.evidence == f"Does it; in {PATH}:3 and {PATH}:9."


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        (issue("template-injection", excerpt="echo ${{ github.event.issue.title }}"), Severity.HIGH),
        (issue("template-injection", excerpt="echo ${{ inputs.tag }}"), Severity.LOW),
        (issue("template-injection", excerpt="echo ${{ github.workflow }}"), Severity.INFO),
        (issue("template-injection", "low", excerpt="echo ${{ github.head_ref }}"), Severity.LOW),
        (issue("unpinned-uses", excerpt="a/b@v1"), Severity.LOW),
        (issue("excessive-permissions", what="uses write-all permissions"), Severity.MEDIUM),
        (issue("excessive-permissions", "medium", what="default permissions used due to …"), Severity.LOW),
        (issue("dangerous-triggers"), Severity.MEDIUM),
        (issue("a-rule-of-next-year"), Severity.MEDIUM),
        (issue("dependabot-cooldown"), Severity.INFO),
        (issue("anything", "informational"), Severity.INFO),
    ],
)
def test_each_rule_weighs_what_it_means_to_a_client(given, severity):
    assert [finding.severity for finding in found(given)] == [severity]


def test_doubt_of_the_tool_is_kept():
    assert found(issue("artipacked", "medium", "low"))[0].confidence is Confidence.LOW


def test_actions_of_the_host_itself_are_a_remark_and_others_are_named_once():
    findings = found(
        issue("unpinned-uses", excerpt="actions/checkout@v4"),
        issue("unpinned-uses", excerpt="some/action@v1", line=5),
        issue("unpinned-uses", excerpt="some/action@v1", line=9),
    )

    assert [(one.rule, one.severity) for one in findings] == [
        ("zizmor.unpinned-uses", Severity.LOW),
        ("zizmor.remarks", Severity.INFO),
    ]
    assert findings[0].evidence == f"some/action@v1; in {PATH}:5 and {PATH}:9."


def test_unknown_rule_is_told_in_the_tools_own_words():
    assert found(issue("a-rule-of-next-year"))[0].title == "Words of zizmor (1 place)"


def test_serious_warning_switched_off_is_one_remark():
    (finding,) = found(issue("dangerous-triggers", ignored=True), issue("artipacked", ignored=True))

    assert (finding.rule, finding.severity, finding.effort) == ("zizmor.ignored", Severity.INFO, "")


def test_strangers_code_is_told_once():
    text = "on: pull_request_target\njobs:\n  a:\n    steps:\n      - with: {ref: '${{ github.head_ref }}'}\n"
    text = text.replace("{ref: '${{ github.head_ref }}'}", "\n          ref: ${{ github.head_ref }}")
    pipeline = Pipeline("GitHub Actions", PATH, text, "", frozenset({"pull_request_target"}))

    assert [one.rule for one in found(issue("dangerous-triggers"), pipelines=[pipeline])] == ["ci.stranger-code"]
    other = issue("dangerous-triggers", path=".github/workflows/b.yml")
    assert len(found(other, pipelines=[pipeline])) == 2
