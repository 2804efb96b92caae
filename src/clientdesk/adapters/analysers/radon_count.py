"""Radon's complexity and Halstead volume, gathered during somebody else's walk over the tree.

Radon walks a tree once for each of its figures; this takes the same figures from one walk. Its peculiarities are kept,
since a client may run the command: a function's decorators, defaults and what stands inside an `assert` count for
nothing, the end of a function is where its last statement's last inner node begins, a class's complexity is the
average of its methods. The parity test compares with the command, file by file.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
# Names the scope whose operators don't count: decorators, defaults, annotations. No function has this name.
UNCOUNTED = ""


class Block(NamedTuple):
    """A function, method or class, as `radon cc` lists it."""

    name: str
    kind: str
    line: int
    end_line: int
    complexity: int


@dataclass(slots=True)
class Frame:
    """The body of a module, class or function while it is walked. `owner` is the class, "" elsewhere."""

    complexity: int = 0
    owner: str = ""
    functions: list[Block] = field(default_factory=list)
    classes: list[tuple[Block, int, list[Block]]] = field(default_factory=list)

    def close_function(self, node: FunctionNode, body: Frame) -> None:
        """`body` was the frame of the function's statements."""
        name = f"{self.owner}.{node.name}" if self.owner else node.name
        end = int(max(node.lineno, last_line(node.body[-1])))
        kind = "method" if self.owner else "function"
        self.functions.append(Block(name, kind, node.lineno, end, body.complexity + 1))

    def close_class(self, node: ast.ClassDef, body: Frame) -> None:
        """`body` was the frame of the class's statements."""
        methods = body.functions
        whole = 1 + body.complexity + sum(method.complexity for method in methods)
        average = int(whole / len(methods)) + (len(methods) > 1) if methods else whole
        ends = [node.lineno, *map(last_line, node.body), *(method.end_line for method in methods)]
        block = Block(node.name, "class", node.lineno, int(max(ends)), average)
        self.classes.append((block, whole, methods))

    def blocks(self) -> list[Block]:
        """In radon's order: functions, then each class before its methods."""
        return [*self.functions, *(block for one, _, methods in self.classes for block in (one, *methods))]

    def total_complexity(self) -> int:
        """What the maintainability index takes; for the frame of a module."""
        functions = sum(function.complexity - 1 for function in self.functions)
        return 1 + self.complexity + functions + sum(whole - 1 for _, whole, _ in self.classes)


@dataclass(slots=True)
class Halstead:
    """Operators and operands of a whole file."""

    operators: int = 0
    operands: int = 0
    kinds: set[str] = field(default_factory=set)
    seen: set[tuple[str | None, object]] = field(default_factory=set)

    def count(self, scope: str | None, operators: list[str], operands: list[ast.expr]) -> None:
        """`scope` is the innermost function's name, None outside of functions."""
        self.operators += len(operators) if operators else 1
        self.operands += len(operands)
        self.kinds.update(operators)
        self.seen.update((scope, _operand(operand)) for operand in operands)

    @property
    def volume(self) -> float:
        vocabulary = len(self.kinds) + len(self.seen)
        if not vocabulary:
            return 0
        bits = math.log(vocabulary, 2)  # noqa: FURB163  as radon has it: log2 differs in the last digit
        return (self.operators + self.operands) * bits


def _operand(node: ast.expr) -> object:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return node.value
    return node.attr if isinstance(node, ast.Attribute) else node


def last_line(statement: ast.stmt) -> float:
    """The last line on which a node begins, not looking into functions, classes and assertions."""
    latest = -math.inf
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _OPAQUE):
            continue
        latest = max(latest, getattr(node, "lineno", latest))
        waiting.extend(ast.iter_child_nodes(node))
    return latest


_OPAQUE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assert)


def _loop(node: ast.For | ast.AsyncFor | ast.While) -> int:
    return 1 + bool(node.orelse)


def _match(node: ast.Match) -> int:
    is_complete = any(getattr(case.pattern, "pattern", False) is None for case in node.cases)
    return max(0, len(node.cases) - is_complete)


DECISIONS: Mapping[type, Callable[..., int]] = {
    ast.Try: lambda node: len(node.handlers) + bool(node.orelse),
    ast.BoolOp: lambda node: len(node.values) - 1,
    ast.If: lambda _: 1,
    ast.IfExp: lambda _: 1,
    ast.Match: _match,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _loop,
    ast.comprehension: lambda node: len(node.ifs) + 1,
}


def _named(node: ast.AST) -> str:
    return type(node).__name__


OPERATIONS: Mapping[type, Callable[..., tuple[list[str], list[ast.expr]]]] = {
    ast.BinOp: lambda node: ([_named(node.op)], [node.left, node.right]),
    ast.UnaryOp: lambda node: ([_named(node.op)], [node.operand]),
    ast.BoolOp: lambda node: ([_named(node.op)], node.values),
    ast.AugAssign: lambda node: ([_named(node.op)], [node.target, node.value]),
    ast.Compare: lambda node: ([_named(op) for op in node.ops], [*node.comparators, node.left]),
}
