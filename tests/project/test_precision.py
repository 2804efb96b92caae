"""Each check finds what it claims in planted faults, and nothing in their clean twins."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

# One process a repository: `make bench-precision` takes the seconds for them.
STARTS_A_TOOL = {"secrets", "containers", "ci"}
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def precision():
    before = list(sys.path)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield importlib.import_module("precision")
    finally:
        sys.path[:] = before


@pytest.fixture(scope="module")
def tallies(precision):
    quick = [case for case in precision.everything.CASES if case.check not in STARTS_A_TOOL]
    with precision.warmed(quick) as toolbox:
        return precision.measured(quick, toolbox)


def test_nineteen_of_twenty_planted_faults_are_found(tallies):
    low = {check: tally.remarks for check, tally in tallies.items() if tally.recall < 0.95}

    assert low == {}


def test_nineteen_of_twenty_clean_twins_stay_clean(tallies):
    wrong = {check: tally.remarks for check, tally in tallies.items() if tally.precision < 0.95}

    assert wrong == {}


def test_there_are_enough_cases_to_tell(precision):
    assert len(precision.everything.CASES) >= 200


def test_every_rule_of_ours_is_planted(precision):
    rules = importlib.import_module("clientdesk.audit.code_rules").CODE_RULES
    planted = {case.rule.removeprefix("rules.") for case in precision.everything.CASES if case.planted}

    assert {name for name in rules if not name.endswith("-unclear")} - planted == set()
