from __future__ import annotations

from clientdesk.audit.result import Severity
from clientdesk.audit.workflow_rules import REMARKS, RULES, rule_of


def test_every_rule_says_what_may_happen_and_what_to_do():
    assert all(rule.title and rule.consequence and rule.fix_now and rule.cause for rule in RULES.values())


def test_no_rule_is_both_told_and_a_remark():
    assert not REMARKS & RULES.keys()


def test_unknown_rule_is_never_the_worst():
    assert rule_of("new", "").at_most is Severity.MEDIUM
    assert rule_of("new", "").title == "new"
