from __future__ import annotations

import pytest

from clientdesk.adapters.analysers.languages import KIND_BY_ENDING, KIND_BY_NAME, RULES, grammar, query


@pytest.mark.parametrize("kind", RULES)
def test_every_language_has_its_grammar_and_its_names_are_the_grammars(kind):
    assert grammar(kind).node_kind_count > 0
    assert query(kind).capture_count >= 4


def test_every_ending_leads_to_a_language():
    assert {*KIND_BY_ENDING.values(), *KIND_BY_NAME.values()} == {*RULES, "erb"}
