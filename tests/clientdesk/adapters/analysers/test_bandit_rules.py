from __future__ import annotations

import ast

import pytest

from clientdesk.adapters.analysers.bandit_rules import BanditRules, nosec_lines
from clientdesk.adapters.analysers.python_walk import PythonWalk


def hits(source):
    rules = BanditRules(source.encode(), nosec_lines(source.encode()))
    PythonWalk(rules).walk(ast.parse(source))
    rules.look_at_file(source)
    return [(hit.test_id, hit.line, hit.suppressed) for hit in rules.hits]


def test_finding_under_nosec_is_reported_as_suppressed():
    assert hits("assert a  # nosec\n") == [("B101", 1, True)]


def test_nosec_for_another_rule_suppresses_nothing():
    assert hits("assert a  # nosec B602\n") == [("B101", 1, False)]


@pytest.mark.parametrize("source", ["__import__('pickle')\n", "importlib.import_module('pickle')\n", "eval(x)\n"])
def test_dangerous_calls_are_found_however_they_are_spelt(source):
    assert len(hits(source)) == 1


def test_characters_that_reorder_text_are_found():
    assert hits("x = 1  # \u202e\n") == [("B613", 1, False)]


def test_comment_without_nosec_hides_nothing():
    assert nosec_lines(b"x = 1  # just a comment\n") == {}


def test_calls_of_one_name_are_judged_each_by_its_own_arguments():
    source = "import os\nos.chmod(a, 0o600)\nos.chmod(a, 0o777)\nf(1)\nf(shell=True)\nf(2)\nf(shell=True)\n"

    assert hits(source) == [("B103", 3, False), ("B604", 5, False), ("B604", 7, False)]


def test_call_is_judged_anew_after_an_import():
    source = "archive.extractall()\nimport tarfile\narchive.extractall()\n"

    assert hits(source) == [("B202", 3, False)]
