"""Outcomes are honest, and a finding is known again when its lines have moved."""

from dataclasses import replace

import pytest

from clientdesk.audit.result import (
    Confidence,
    Finding,
    Outcome,
    Severity,
    Tool,
    could_not_run,
    judged,
    not_applicable,
)

FINDING = Finding(
    check="security",
    rule="bandit.B602",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    title="A shell is started",
    consequence="A stranger can run commands.",
    fix_now="Pass a list.",
    path="app.py",
    line=7,
    snippet="call(cmd, shell=True)",
)


@pytest.mark.parametrize(
    ("findings", "gaps", "outcome"),
    [
        ((), (), Outcome.CLEAN),
        ((FINDING,), (), Outcome.FOUND),
        ((FINDING,), ("2 files could not be read.",), Outcome.FOUND),
        ((), ("2 files could not be read.",), Outcome.COULD_NOT_RUN),
    ],
)
def test_clean_is_only_what_was_looked_at_whole(findings, gaps, outcome):
    assert judged("security", findings, "why", gaps=gaps).outcome is outcome


@pytest.mark.parametrize(
    ("result", "in_part", "without", "left_out"),
    [
        (judged("security", (), "nothing", gaps=("2 files could not be read.",)), True, False, True),
        (could_not_run("security", "bandit crashed"), False, True, False),
        (judged("security", (FINDING,), "one", gaps=("2 files could not be read.",)), False, False, True),
        (judged("security", (), "nothing"), False, False, False),
    ],
)
def test_looking_at_a_part_is_neither_clean_nor_no_result(result, in_part, without, left_out):
    assert (result.ran_in_part, result.has_no_result, result.left_something_out) == (in_part, without, left_out)


def test_check_that_could_not_run_says_so_among_the_gaps_and_names_its_tool():
    result = could_not_run("security", "bandit crashed", Tool("bandit", "1.9"))

    assert (result.outcome, result.gaps, result.tool.name) == (Outcome.COULD_NOT_RUN, ("bandit crashed",), "bandit")


def test_not_applicable_is_no_gap():
    assert not_applicable("security", "no code").gaps == ()


@pytest.mark.parametrize("moved", [{"line": 70}, {"snippet": "  call(cmd,   shell=True)\n"}, {"evidence": "other"}])
def test_finding_is_known_again_when_its_lines_have_moved(moved):
    assert replace(FINDING, **moved).fingerprint == FINDING.fingerprint


@pytest.mark.parametrize("other", [{"path": "b.py"}, {"rule": "bandit.B101"}, {"snippet": "run(cmd, shell=True)"}])
def test_another_finding_is_another(other):
    assert replace(FINDING, **other).fingerprint != FINDING.fingerprint
