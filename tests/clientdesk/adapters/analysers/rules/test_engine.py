from fakes.parsed import parsed

from clientdesk.adapters.analysers.rules import engine
from clientdesk.adapters.analysers.rules.engine import Rule, broken
from clientdesk.adapters.analysers.rules.ruby_code import RubyCode


def test_places_come_in_order_and_a_rule_is_broken_once_a_line():
    rules = [Rule('((identifier) @it (#eq? @it "b"))', lambda _n, _c: "two"), Rule("(call) @it", lambda _n, _c: "one")]

    assert broken("ruby", rules, RubyCode(parsed("ruby", "b; b\na(1)\n"))) == [["two", 1, 1], ["one", 2, 2]]


def test_a_judge_that_answers_nothing_lets_the_place_pass():
    assert broken("ruby", [Rule("(call) @it", lambda _n, _c: "")], RubyCode(parsed("ruby", "a(1)"))) == []


def test_the_edition_is_a_digest_of_the_rules():
    assert len(engine.edition()) == 12
    assert engine.edition() == engine.edition()
