from dataclasses import replace

from fakes import samples

from clientdesk.audit.report import numbered
from clientdesk.audit.result import judged
from clientdesk.documents.audit_text import audit_as_text


def test_the_terminal_is_told_the_verdict_the_findings_and_what_was_not_examined() -> None:
    text = audit_as_text(samples.audit())

    assert "61 of 100, grade C" in text
    assert "Findings: 9 (2 critical, 3 high, 2 medium, 2 low)" in text
    assert "Not examined:" in text
    assert "limit was reached after 60 s" in text
    assert "could not run" in text


def test_a_terminal_obeys_nothing_in_client_text() -> None:
    nasty = replace(samples.finding(0), title="\x1b]0;owned\x07\x1b[2J", path="a\r\nb\x1b[31m.py")
    results = (judged("security", (nasty,), "one"),)
    report = replace(
        samples.audit(0, name="https://x/\x1b[2J"), results=results, findings=numbered(results), ref="m\x1b[0m"
    )

    text = audit_as_text(report)

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\r" not in text


def test_no_more_than_twenty_topics_are_told_and_the_others_are_counted() -> None:
    assert "more kinds of findings" in audit_as_text(samples.audit(1000))
