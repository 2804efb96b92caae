from __future__ import annotations

import re
from pathlib import Path

import pytest

from clientdesk.audit.code_rules import CODE_RULES, QUOTES_SECRETS

RULES = Path(__file__).parents[3] / "src/clientdesk/adapters/analysers/rules"


def test_every_id_that_a_judge_answers_with_is_in_the_catalogue():
    answered = {
        name
        for module in ("ruby_rules.py", "script_rules.py", "page_rules.py")
        for name in re.findall(r'"((?:rb|js)-[a-z-]+)"', (RULES / module).read_text())
    }

    assert answered == set(CODE_RULES)


def test_words_are_those_that_the_check_weighs():
    assert {rule.severity for rule in CODE_RULES.values()} <= {"HIGH", "MEDIUM", "LOW"}
    assert {rule.confidence for rule in CODE_RULES.values()} <= {"HIGH", "MEDIUM", "LOW"}
    assert all(rule.cwe and rule.title and rule.id == name for name, rule in CODE_RULES.items())
    assert set(CODE_RULES) >= QUOTES_SECRETS


@pytest.mark.parametrize(
    ("rule", "path", "counts"),
    [
        ("rb-command", "app/models/a.rb", True),
        ("rb-command", "lib/tasks/a.rake", False),
        ("rb-command", "Rakefile", False),
        ("js-command", "Gruntfile.js", False),
        ("js-command", "src/webpack-like/run.js", True),
        ("rb-no-forced-tls", "config/environments/production.rb", True),
        ("rb-no-forced-tls", "config/environments/development.rb", False),
        ("rb-csrf-skipped", "app/controllers/api/v1/posts_controller.rb", False),
        ("rb-csrf-skipped", "app/controllers/capital_controller.rb", True),
        ("rb-sql", "db/migrate/1_a.rb", False),
        ("js-secret-in-code", "config/env/development.js", False),
        ("js-secret-in-code", "src/devices.js", True),
    ],
)
def test_a_rule_counts_only_where_it_says_something(rule, path, counts):
    assert CODE_RULES[rule].counts_in(path) is counts
