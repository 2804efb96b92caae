"""The one walk over a Python tree that radon's figures and bandit's findings both come from."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from clientdesk.adapters.analysers.bandit_rules import BanditRules
from clientdesk.adapters.analysers.radon_count import DECISIONS, OPERATIONS, UNCOUNTED, Frame, FunctionNode, Halstead

_Steps: TypeAlias = tuple[
    Callable[[Any], None] | None,
    "_Within | None",
    Callable[..., int] | None,
    Callable[..., tuple[list[str], list[ast.expr]]] | None,
    Sequence[str],
]

_KINDS = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
_UNSEEN = frozenset({"ctx", "op", "ops", "id", "attr", "kind", "type_comment", "lineno", "col_offset"})
# The fields of each kind of node that can hold nodes which a rule or a figure looks at.
_FIELDS = {kind: tuple(name for name in kind._fields if name not in _UNSEEN) for kind in _KINDS} | {ast.Constant: ()}
# Bandit asks for the sibling of these alone.
_WITHOUT_LINE = frozenset(kind for kind in _KINDS if "lineno" not in kind._attributes)  # noqa: SLF001  documented


class PythonWalk:
    """After `walk`, `module` and `halstead` hold radon's figures and `rules` bandit's findings."""

    def __init__(self, rules: BanditRules) -> None:
        self.rules = rules
        self.module = Frame()
        self.halstead = Halstead()
        self._nowhere = Frame()
        self._steps = self._steps_by_kind(rules.visitors())

    def _steps_by_kind(self, rules: Mapping[type, Callable[[Any], None]]) -> Mapping[type, _Steps]:
        """What is to be done on nodes of each kind; kinds that are nothing but themselves are left out."""
        steps = {
            kind: (rules.get(kind), _WITHIN.get(kind), DECISIONS.get(kind), OPERATIONS.get(kind), fields)
            for kind, fields in _FIELDS.items()
        }
        return {kind: some for kind, some in steps.items() if any(some)}

    def walk(self, tree: ast.Module) -> None:
        """Raises `RecursionError` for a tree too deep."""
        self._children(tree, _FIELDS[ast.Module], None, self.module)

    def _children(self, node: ast.AST, fields: Sequence[str], scope: str | None, frame: Frame) -> None:
        for name in fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self._enter(value, node, scope, frame)
            elif value and isinstance(value, list):
                if type(value[0]) in _WITHOUT_LINE:
                    _mark_siblings(value)
                for item in value:
                    if isinstance(item, ast.AST):
                        self._enter(item, node, scope, frame)

    def _enter(self, node: Any, parent: ast.AST, scope: str | None, frame: Frame) -> None:  # noqa: ANN401  any kind
        node._bandit_parent = parent  # noqa: SLF001  read by bandit's rules
        steps = self._steps.get(type(node))
        if steps is None:
            return
        rules, within, decision, operation, fields = steps
        if rules is not None:
            rules(node)
        if within is not None:
            within(self, node, scope, frame)
            return
        if decision is not None:
            frame.complexity += decision(node)
        if operation is not None and scope != UNCOUNTED:
            self.halstead.count(scope, *operation(node))
        self._children(node, fields, scope, frame)

    def _function(self, node: FunctionNode, scope: str | None, frame: Frame) -> None:
        body = Frame()
        inner = scope if scope == UNCOUNTED else node.name
        for name in _FIELDS[type(node)]:
            is_body = name == "body"
            self._children(node, (name,), inner if is_body else UNCOUNTED, body if is_body else self._nowhere)
        frame.close_function(node, body)

    def _class(self, node: ast.ClassDef, scope: str | None, frame: Frame) -> None:
        body = Frame(owner=node.name)
        for name in _FIELDS[type(node)]:
            self._children(node, (name,), scope, body if name == "body" else self._nowhere)
        frame.close_class(node, body)

    def _assertion(self, node: ast.Assert, scope: str | None, frame: Frame) -> None:
        frame.complexity += 1
        self._children(node, _FIELDS[ast.Assert], scope, self._nowhere)


def _mark_siblings(nodes: Sequence[Any]) -> None:
    for node, sibling in pairwise(nodes):
        node._bandit_sibling = sibling  # noqa: SLF001  read by bandit


_Within: TypeAlias = Callable[[PythonWalk, Any, str | None, Frame], None]
_WITHIN: Mapping[type, _Within] = {
    ast.FunctionDef: PythonWalk._function,  # noqa: SLF001  its own methods
    ast.AsyncFunctionDef: PythonWalk._function,  # noqa: SLF001  its own methods
    ast.ClassDef: PythonWalk._class,  # noqa: SLF001  its own methods
    ast.Assert: PythonWalk._assertion,  # noqa: SLF001  its own methods
}
