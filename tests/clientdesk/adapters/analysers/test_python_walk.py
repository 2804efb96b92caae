from __future__ import annotations

import ast

import pytest

from clientdesk.adapters.analysers.bandit_rules import BanditRules
from clientdesk.adapters.analysers.python_walk import PythonWalk


def walked(source):
    walk = PythonWalk(BanditRules(source.encode(), {}))
    walk.walk(ast.parse(source))
    return walk


def test_one_walk_gives_complexity_and_findings():
    walk = walked("def f(a):\n    assert a\n    return 1 if a else 2\n")

    assert [(block.name, block.complexity) for block in walk.module.blocks()] == [("f", 3)]
    assert [hit.test_id for hit in walk.rules.hits] == ["B101"]


def test_tree_too_deep_is_a_recursion_error_and_no_crash():
    with pytest.raises(RecursionError):
        PythonWalk(BanditRules(b"", {})).walk(ast.Module([ast.Expr(_deep(3000))], []))


def _deep(levels):
    node = ast.Name("a", lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    for _ in range(levels):
        node = ast.Starred(node, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    return node
