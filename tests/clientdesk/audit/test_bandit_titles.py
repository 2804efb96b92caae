from __future__ import annotations

import pytest

from clientdesk.audit.bandit_titles import TITLES
from clientdesk.audit.weaknesses import weakness_of

NUMBERS = [*range(101, 114), *range(201, 203), *range(301, 325), *range(501, 510), *range(601, 616), *range(701, 705)]
# Numbers that bandit never gave, gives no more, or gives to no finding of its own.
NOT_IN_USE = {109, 111, 303, 309, 311, 322, 325, 603, 606, 607, 613}


@pytest.mark.parametrize("rule", [f"B{number}" for number in NUMBERS if number not in NOT_IN_USE])
def test_every_rule_that_counts_has_words_for_a_client(rule):
    weakness = weakness_of(rule)

    assert weakness.is_noise or rule in TITLES


@pytest.mark.parametrize("title", sorted(set(TITLES.values())))
def test_title_is_no_sentence_and_names_no_rule(title):
    assert title[0].isupper()
    assert not title.endswith(".")
    assert "(B" not in title
