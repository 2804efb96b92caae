from __future__ import annotations

import ast

from radon.metrics import h_visit

from clientdesk.adapters.analysers.radon_count import Halstead, last_line


def test_last_line_does_not_look_into_functions_and_assertions():
    statement = ast.parse("if a:\n    b\n    def f():\n        c\n    assert (\n        d)\n").body[0]

    assert last_line(statement) == 2


def test_volume_is_zero_without_operators_as_in_radon():
    assert Halstead().volume == h_visit("x = 1").total.volume == 0


def test_operand_is_counted_once_per_scope():
    counted = Halstead()
    name = ast.Name("a")

    for scope in ("f", "f", "g"):
        counted.count(scope, ["Add"], [name, name])

    assert (counted.operators, counted.operands, len(counted.seen), len(counted.kinds)) == (3, 6, 2, 1)
