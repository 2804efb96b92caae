from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.security import CHECK
from clientdesk.audit.repository import OTHER_SECURITY, PYTHON_SECURITY, SecurityIssue, SecurityReport, ToolFailed
from clientdesk.audit.result import Outcome, Severity, Tool

MONDAY = date(2026, 3, 2)
BANDIT = Tool("bandit", "1.9.4")


def issue(test_id="B602", path="app.py", line=2, severity="HIGH", confidence="HIGH", text="Shell", **more):
    code = f"1 import os\n{line} run(cmd, shell=True)\n"
    return SecurityIssue(path, line, test_id, "name", severity, confidence, text, code, **more)


def look(*issues, files=None):
    repository = RepositoryFromText(files or {"app.py": "x"}, {PYTHON_SECURITY: SecurityReport(BANDIT, issues, 1)})
    return CHECK.look(repository, MONDAY)


def test_code_without_weakness_is_clean():
    result = look()

    assert (result.outcome, result.tool) == (Outcome.CLEAN, BANDIT)


def test_a_weakness_outside_tests_is_found_with_its_own_line():
    (finding,) = look(issue()).findings

    assert (finding.severity, finding.rule, finding.path, finding.line) == (Severity.HIGH, "bandit.B602", "app.py", 2)
    assert finding.evidence == "run(cmd, shell=True)"
    assert "run commands on your server" in finding.consequence


def test_a_finding_keeps_its_fingerprint_when_lines_move():
    (before,), (after,) = look(issue(line=2)).findings, look(issue(line=40)).findings

    assert before.fingerprint == after.fingerprint


def test_test_code_is_counted_and_not_shown():
    result = look(issue(path="tests/test_app.py"), issue("B101", "tests/test_b.py"))

    assert (result.outcome, result.metrics["security.in_tests"]) == (Outcome.CLEAN, 2)


def test_asserts_and_imports_are_hints_only():
    result = look(issue("B101", severity="LOW"), issue("B404", severity="LOW"))

    assert (result.outcome, result.metrics["security.hints"]) == (Outcome.CLEAN, 2)


def test_of_many_places_of_one_rule_five_are_shown_and_all_are_counted():
    result = look(*(issue(line=n) for n in range(1, 40)))

    assert len(result.findings) == 5
    assert "One of 39 places of this kind." in result.findings[0].evidence
    assert {finding.cause for finding in result.findings} == {"commands built as text"}


def test_of_a_low_weakness_one_place_stands_for_all():
    assert len(look(*(issue("B108", line=n, severity="LOW") for n in range(1, 9))).findings) == 1


@pytest.mark.parametrize("value", ["None", "", "password", "password_reset", "{secret}", "Enter password:"])
def test_words_that_are_no_password_are_passed_over(value):
    assert look(issue("B105", severity="LOW", text=f"Possible hardcoded password: '{value}'")).findings == ()


def test_a_password_is_never_repeated():
    (finding,) = look(issue("B105", severity="LOW", text="Possible hardcoded password: 'hunter2!X'")).findings

    assert "hunter2" not in finding.title + finding.evidence


def test_suppressed_warnings_are_counted_and_named_as_a_remark():
    result = look(issue(suppressed=True))

    assert [(f.rule, f.severity) for f in result.findings] == [("security.suppressed", Severity.INFO)]
    assert "app.py:2 (B602)" in result.findings[0].evidence


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("hashlib.md5(password.encode()).hexdigest()", Severity.MEDIUM),
        ("signature = hashlib.sha1(body)", Severity.MEDIUM),
        ('f"cache:{hashlib.md5(key).hexdigest()}"', Severity.LOW),
    ],
)
def test_a_weak_hash_weighs_by_what_its_line_says_it_guards(line, severity):
    assert look(replace(issue("B324"), code=f"2 {line}\n")).findings[0].severity is severity


def of_ruby(*issues, files=None):
    report = SecurityReport(Tool("clientdesk rules", "1"), issues, 1)
    return CHECK.look(RepositoryFromText(files or {"app.rb": "x"}, {OTHER_SECURITY: report}), MONDAY)


def test_other_languages_are_named_as_not_examined():
    result = look(files={"app.py": "x" * 100, "app.go": "x" * 100})

    assert (result.outcome, result.gaps) == (
        Outcome.COULD_NOT_RUN,
        ("Go code was not examined: there are rules for JavaScript, Python, Ruby and TypeScript only.",),
    )


def test_a_repository_of_another_language_is_never_clean():
    assert look(files={"app.php": "x"}).outcome is Outcome.COULD_NOT_RUN


def test_ruby_and_scripts_are_held_against_rules_of_ours():
    result = of_ruby(issue("rb-sql-input", "app/models/post.rb", text="A query"))

    assert [finding.rule for finding in result.findings] == ["rules.rb-sql-input"]
    assert result.reason.endswith("in 1 file of Ruby, JavaScript or TypeScript (0 remarks on test code set aside).")


def test_one_tool_that_failed_leaves_a_gap_and_costs_the_other_nothing():
    files = {"app.rb": "x", "app.py": "x"}
    ours = SecurityReport(Tool("clientdesk rules", "1"), (issue("rb-sql-input", "a.rb"),), 1)
    tools = {OTHER_SECURITY: ours, PYTHON_SECURITY: ToolFailed("crashed", BANDIT)}
    result = CHECK.look(RepositoryFromText(files, tools), MONDAY)

    assert (len(result.findings), result.gaps) == (1, ("bandit: crashed",))


def test_code_that_says_somebody_else_wrote_it_is_passed_over():
    assert of_ruby(issue("js-html", "a.js"), files={"a.js": "/*! jQuery */ x"}).findings == ()


@pytest.mark.parametrize(("version", "found"), [("4.2", 1), ("5.1", 1), ("5.2", 0), ("8.0", 0)])
def test_rails_protects_against_forged_requests_by_itself_since_5_2(version, found):
    files = {
        "app/controllers/application_controller.rb": "x",
        "config/application.rb": f"    config.load_defaults {version}\n",
    }

    assert (
        len(of_ruby(issue("rb-csrf-missing", "app/controllers/application_controller.rb"), files=files).findings)
        == found
    )


def test_templates_in_haml_are_a_gap():
    assert of_ruby(files={"app.rb": "x", "app/views/a.haml": "%p"}).gaps == (
        "1 template in Haml or Slim could not be examined.",
    )


def test_a_repository_without_code_is_not_applicable():
    assert look(files={"README": "x"}).outcome is Outcome.NOT_APPLICABLE


def test_a_failed_analyser_is_raised_for_the_runner():
    repository = RepositoryFromText({"app.py": "x"}, {PYTHON_SECURITY: ToolFailed("crashed", BANDIT)})

    with pytest.raises(ToolFailed):
        CHECK.look(repository, MONDAY)
