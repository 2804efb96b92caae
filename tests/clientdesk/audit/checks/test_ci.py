from __future__ import annotations

from datetime import date

from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.ci import CHECK
from clientdesk.audit.result import Outcome, Severity, Tool
from clientdesk.audit.scans import WORKFLOW_SECURITY, WorkflowIssue, WorkflowReport

MONDAY = date(2026, 3, 2)
PATH = ".github/workflows/test.yml"
GOOD = """on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: some/action@0123456789012345678901234567890123456789
      - run: ruff check .
      - run: pytest
"""
UPDATES = {".github/dependabot.yml": "version: 2\n"}


ZIZMOR = Tool("zizmor", "1.32.0")


def look(files, report=None):
    """Without a report, zizmor is missing and the plainest faults are looked for here."""
    return CHECK.look(RepositoryFromText(files, {WORKFLOW_SECURITY: report} if report else {}), MONDAY)


def report_of(*issues):
    return WorkflowReport(ZIZMOR, tuple(issues), 1)


def rules(text, **more):
    return [finding.rule for finding in look({PATH: text, **UPDATES, **more}).findings]


def test_a_good_pipeline_is_clean_and_praised():
    result = look({PATH: GOOD, **UPDATES}, report_of())

    assert (result.outcome, result.tool) == (Outcome.CLEAN, ZIZMOR)
    assert len(result.strengths) == 3
    assert "can't be seen in a clone" in result.reason


def test_without_zizmor_a_good_pipeline_is_not_called_clean():
    result = look({PATH: GOOD, **UPDATES})

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert "zizmor is not installed" in result.gaps[0]


def test_other_systems_need_no_zizmor():
    assert look({".gitlab-ci.yml": "test:\n  script: [ruff check, pytest]\n", **UPDATES}).outcome is Outcome.CLEAN


def test_what_zizmor_says_is_not_said_twice():
    text = GOOD.replace("@0123456789012345678901234567890123456789", "@v3").replace(
        "permissions:\n  contents: read\n", ""
    )
    issue = WorkflowIssue("unpinned-uses", "unpinned", "high", "high", PATH, 8, "is not pinned", "some/action@v3")

    found = [finding.rule for finding in look({PATH: text, **UPDATES}, report_of(issue)).findings]

    assert found == ["zizmor.unpinned-uses"]
    assert rules(text) == ["ci.unpinned", "ci.permissions"]


def test_no_pipeline_is_a_finding_of_its_own():
    (finding,) = look({"app.py": ""}).findings

    assert (finding.rule, finding.severity, finding.effort) == ("ci.none", Severity.HIGH, "ci.setup")


def test_a_pipeline_that_runs_no_tests_is_found():
    assert rules(GOOD.replace("run: pytest", "run: pip install pytest")) == ["ci.no-tests"]


def test_tests_that_only_run_at_night_do_not_test_changes():
    text = GOOD.replace("on: [push, pull_request]", "on:\n  schedule:\n    - cron: '0 3 * * *'")

    assert rules(text) == ["ci.no-tests", "ci.no-lint"]


def test_actions_that_can_be_moved_are_one_finding_with_the_first_place():
    text = GOOD.replace("@0123456789012345678901234567890123456789", "@v3")
    (finding,) = look({PATH: text, **UPDATES}).findings

    assert (finding.rule, finding.line, finding.title) == (
        "ci.unpinned",
        9,
        "1 third-party action not pinned to a commit",
    )


def test_missing_permissions_and_time_limits_are_found():
    text = GOOD.replace("permissions:\n  contents: read\n", "").replace("    timeout-minutes: 10\n", "")

    assert rules(text) == ["ci.permissions", "ci.no-time-limit"]


def test_strangers_code_with_secrets_is_high():
    text = GOOD.replace("[push, pull_request]", "[push, pull_request_target]").replace(
        "- uses: actions/checkout@v4",
        "- uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}",
    )
    (finding,) = look({PATH: text, **UPDATES}).findings

    assert (finding.rule, finding.severity, finding.line) == ("ci.stranger-code", Severity.HIGH, 10)


def test_strangers_text_in_a_command_is_found():
    assert rules(GOOD + '      - run: echo "${{ github.event.pull_request.title }}"\n') == ["ci.injection"]


def test_nobody_proposing_updates_is_found():
    assert [finding.rule for finding in look({PATH: GOOD}).findings] == ["ci.no-updates"]


def test_other_systems_run_on_every_push():
    text = "script:\n  - bundle exec rubocop\n  - bundle exec rspec\n"

    assert look({".gitlab-ci.yml": text, "renovate.json": "{}"}).outcome is Outcome.CLEAN


def test_a_workflow_that_can_not_be_read_is_not_clean():
    assert look({PATH: "jobs: [\n"}).outcome is Outcome.COULD_NOT_RUN


def test_tests_behind_a_script_of_the_package_are_seen():
    scripts = '{"scripts": {"verify": "nyc jasmine", "style": "eslint ."}}'
    text = GOOD.replace("run: pytest", "run: npm run verify").replace("run: ruff check .", "run: npm run style")

    assert rules(text, **{"package.json": scripts}) == []


def test_script_that_npm_writes_into_each_package_tests_nothing():
    scripts = '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}'

    assert rules(GOOD.replace("run: pytest", "run: npm test"), **{"package.json": scripts}) == ["ci.no-tests"]


def test_script_made_for_a_pipeline_is_told_without_a_claim_that_anything_starts_it():
    [finding] = look({".ci/run": "#!/bin/sh\nmake check\n", "Makefile": "check:\n\tpytest\n", **UPDATES}).findings

    assert (finding.rule, finding.severity, finding.path) == ("ci.none", Severity.LOW, ".ci/run")
    assert "can't be seen here" in finding.evidence


def test_script_that_tests_nothing_is_no_excuse():
    [finding] = look({"ci/deploy": "#!/bin/sh\nrsync . host:\n", **UPDATES}).findings

    assert finding.severity is Severity.HIGH
