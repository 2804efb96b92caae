from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.secrets import CHECK
from clientdesk.audit.repository import ToolFailed, UnreadFile
from clientdesk.audit.result import Confidence, Outcome, Severity, Tool
from clientdesk.audit.scans import HISTORY_SECRETS, SECRETS, Doubt, HistoryReport, Leak, SecretReport

MONDAY = date(2026, 3, 2)
TOOL = Tool("kingfisher", "2.14.0")
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow" + "A" * 60 + "\n-----END RSA PRIVATE KEY-----\n"


def leak(rule="github-pat", path="src/app.py", line=3, digest="d1", confidence="high", commit="", doubt=Doubt.NONE):
    return Leak(rule, "words", confidence, path, line, digest, "ghp_… (40 characters)", commit, doubt)


def look(*leaks, past=(), files=None, unread=(), limits=""):
    history = past if isinstance(past, ToolFailed) else HistoryReport(TOOL, tuple(past), 10, limits)
    tools = {SECRETS: SecretReport(TOOL, tuple(leaks), 1, tuple(unread)), HISTORY_SECRETS: history}
    return CHECK.look(RepositoryFromText(files or {}, tools), MONDAY)


def judged(*leaks, **more):
    return [(one.severity, one.confidence) for one in look(*leaks, **more).findings]


def test_no_secret_anywhere_is_clean_and_says_what_was_searched():
    result = look()

    assert (result.outcome, result.gaps) == (Outcome.CLEAN, ())
    assert "1 file of this commit and its history" in result.reason


@pytest.mark.parametrize(
    ("given", "severity", "confidence"),
    [
        (leak(), Severity.CRITICAL, Confidence.HIGH),
        (leak(confidence="medium"), Severity.HIGH, Confidence.MEDIUM),
        (leak("gcp-api-key"), Severity.LOW, Confidence.HIGH),
        (leak("slack-webhook-url"), Severity.MEDIUM, Confidence.HIGH),
        (leak("generic-credential-uri"), Severity.HIGH, Confidence.HIGH),
        (leak(path="tests/test_app.py"), Severity.LOW, Confidence.LOW),
        (leak(path="examples/demo.py"), Severity.LOW, Confidence.LOW),
        (leak(path="docs/setup.md"), Severity.LOW, Confidence.LOW),
        (leak(path="vendor/x.js"), Severity.LOW, Confidence.LOW),
        (leak(doubt=Doubt.OWN_MACHINE), Severity.LOW, Confidence.LOW),
    ],
)
def test_secret_weighs_what_it_is_and_where_it_stands(given, severity, confidence):
    assert judged(given) == [(severity, confidence)]


def test_secret_that_only_history_holds_weighs_less_and_names_its_commit():
    (finding,) = look(past=[leak(commit="c0ffee1234567890")]).findings

    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.MEDIUM)
    assert "commit c0ffee123456; no longer in the current code" in finding.evidence
    assert "replaced since" in finding.fix_now


def test_secret_of_the_current_code_is_not_told_of_its_history_again():
    assert len(look(leak(), past=[leak(commit="c1", line=9), leak(commit="c1", digest="d2")]).findings) == 2


def test_places_of_one_secret_are_one_finding_with_the_one_that_counts_first():
    (finding,) = look(leak(path="tests/test_a.py"), leak(path="src/b.py"), leak(path="src/c.py")).findings

    assert (finding.path, finding.severity) == ("src/b.py", Severity.CRITICAL)
    assert "Also in src/c.py:3 and tests/test_a.py:3." in finding.evidence


def test_two_rules_that_see_one_place_count_once():
    (finding,) = look(leak("mongodb-connection-string"), leak("generic-credential-uri", digest="d2")).findings

    assert finding.rule == "secrets.mongodb-connection-string"


def test_secrets_whose_hash_is_not_known_stay_apart():
    assert len(look(leak(digest=""), leak(digest="", line=9)).findings) == 2


def test_what_the_check_of_key_files_tells_is_not_told_again():
    result = look(leak("private-key", "deploy/server.pem", 1), files={"deploy/server.pem": KEY})

    assert (result.findings, result.metrics["secrets.found"]) == ((), 1)


def test_chance_hits_in_encoded_data_are_counted_and_not_told():
    result = look(leak(doubt=Doubt.ENCODED_DATA), past=[leak(commit="c1", digest="d2", doubt=Doubt.ENCODED_DATA)])

    assert (result.outcome, result.metrics["secrets.amid_encoded_data"]) == (Outcome.CLEAN, 1)


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        ({"past": ToolFailed("it takes too long", TOOL)}, "The history was not examined: it takes too long."),
        ({"limits": "some are missing"}, "The history was examined in part: some are missing."),
        ({"unread": [UnreadFile("dump.sql", "too large")]}, "1 file could not be read"),
    ],
)
def test_what_was_not_examined_is_a_gap_and_never_clean(more, gap):
    result = look(**more)

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.gaps[0].startswith(gap)
    assert look(leak(), **more).outcome is Outcome.FOUND


def test_large_pictures_are_no_gap():
    assert look(unread=[UnreadFile("logo.PNG", "too large"), UnreadFile("vendor/x.js", "too large")]).gaps == ()


def test_failed_scan_of_the_files_is_passed_on():
    with pytest.raises(ToolFailed):
        CHECK.look(RepositoryFromText({}), MONDAY)


def test_placeholder_is_no_secret():
    result = look(leak(doubt=Doubt.PLACEHOLDER), past=[leak(commit="c1", doubt=Doubt.PLACEHOLDER)])

    assert (result.outcome, result.metrics["secrets.placeholders"]) == (Outcome.CLEAN, 1)


def test_logins_of_tests_and_manuals_are_one_finding():
    texts = [leak("mongodb-connection-string", path=f"tests/t{n}.py", digest=f"d{n}") for n in range(8)]

    (finding,) = look(*texts, past=[leak("private-key", "docs/a.md", digest="x", commit="c1")]).findings

    assert (finding.rule, finding.severity) == ("secrets.made-up", Severity.LOW)
    assert finding.title.startswith("9 logins or keys")
    assert "tests/t0.py:3" in finding.evidence
    assert "3 more" in finding.evidence


def test_token_of_a_provider_is_told_alone_even_in_a_test():
    found = look(*(leak(path=f"tests/t{n}.py", digest=f"d{n}") for n in range(3))).findings

    assert [one.rule for one in found] == ["secrets.github-pat"] * 3


def test_secret_without_a_hash_is_not_said_to_be_masked_twice():
    nameless = Leak("gcp-service-account", "words", "high", "src/a.json", 1, "", "masked")

    assert look(nameless).findings[0].evidence == "Value masked."
