from __future__ import annotations

from pathlib import Path

from clientdesk.audit import checks
from clientdesk.audit.registry import CHECKS


def test_every_module_of_checks_is_registered_once():
    modules = {path.stem.replace("_", "-") for path in Path(checks.__path__[0]).glob("*.py")} - {"--init--"}

    assert sorted(check.id for check in CHECKS) == sorted(modules)


def test_effort_keys_are_unique():
    keys = [rule.key for check in CHECKS for rule in check.effort]

    assert len(keys) == len(set(keys))


def test_every_check_says_what_it_looks_for_and_why():
    assert all(check.title and check.looks_for and check.matters_because for check in CHECKS)
