from __future__ import annotations

from dataclasses import replace

from clientdesk.audit.code_places import findings_of, is_hint, is_telling, severity_of, suppressed_finding
from clientdesk.audit.repository import SecurityIssue
from clientdesk.audit.result import Severity


def issue(test_id="rb-sql-input", severity="HIGH", confidence="HIGH", line=2, code="2 where(x)\n"):
    return SecurityIssue("app/models/post.rb", line, test_id, test_id, severity, confidence, "A title", code, 89)


def test_a_rule_of_ours_is_told_under_its_family_with_its_words():
    (finding,) = findings_of([issue()])

    assert (finding.rule, finding.cause, finding.effort) == (
        "rules.rb-sql-input",
        "database queries built as text",
        "security.fix",
    )
    assert (finding.title, finding.evidence) == (
        "A database query contains a visitor's input as text",
        "where(x)",
    )


def test_a_place_that_may_hold_a_secret_is_not_repeated():
    (finding,) = findings_of([issue("js-secret-in-code", "MEDIUM", "MEDIUM", code="")])

    assert finding.evidence == "The text is not repeated here."


def test_low_confidence_lowers_the_severity():
    assert severity_of(issue(severity="MEDIUM", confidence="LOW")) is Severity.LOW


def test_rules_of_ours_are_no_hints():
    assert is_telling(issue())
    assert not is_hint(issue())
    assert is_hint(issue("B101"))


def test_nothing_suppressed_is_nothing_to_say():
    assert suppressed_finding([]) == ()


def test_line_that_says_nothing_is_shown_with_those_that_follow():
    code = "7 where(\n8   \"a = '#{name}'\",\n9   1\n10 )\n"
    (finding,) = findings_of([replace(issue(), line=7, code=code)])

    assert finding.evidence == "where( \"a = '#{name}'\", 1 )"
    assert finding.snippet == "where("
