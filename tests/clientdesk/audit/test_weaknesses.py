from __future__ import annotations

import warnings

from clientdesk.audit.weaknesses import weakness_of


def rules_of_bandit():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bandit 1.9 uses an argument that stevedore deprecates
        from bandit.core.extension_loader import MANAGER  # noqa: PLC0415 -- importing it warns
    return {*MANAGER.plugins_by_id, *MANAGER.blacklist_by_id}


def test_every_rule_of_bandit_has_its_words():
    rules = rules_of_bandit()

    assert len(rules) > 60
    assert {rule for rule in rules if weakness_of(rule).name == "other weaknesses of the code"} == set()


def test_a_rule_nobody_knows_is_shown_all_the_same():
    assert not weakness_of("B999").is_noise
