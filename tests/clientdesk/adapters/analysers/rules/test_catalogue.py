import pytest
from fakes.parsed import broken_rules, parsed

from clientdesk.adapters.analysers.languages import RULES
from clientdesk.adapters.analysers.rules import catalogue


@pytest.mark.parametrize("kind", ["javascript", "typescript", "tsx"])
def test_scripts_of_every_kind_are_held_against_the_same_rules(kind):
    assert broken_rules(kind, "eval(req.body.x)") == ["js-eval-input"]


def test_ruby_has_rules_of_its_own():
    assert broken_rules("ruby", "eval(params[:x])") == ["rb-eval-input"]


@pytest.mark.parametrize("kind", sorted(RULES.keys() - {"ruby", "javascript", "typescript", "tsx"}))
def test_kinds_without_rules_have_no_issues(kind):
    assert catalogue.issues(kind, parsed(kind, "x")) == []
