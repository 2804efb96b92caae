"""The one walk over a Python tree that radon's figures and bandit's findings both come from."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from clientdesk.adapters.analysers.bandit_rules import BanditRules, mark
from clientdesk.adapters.analysers.radon_count import DECISIONS, OPERATIONS, UNCOUNTED, Frame, FunctionNode, Halstead


def _fields() -> dict[type, tuple[str, ...]]:
    """The fields of each kind of node that can hold nodes which a rule or a figure looks at."""
    unseen = {"ctx", "op", "ops", "id", "attr", "kind", "type_comment", "lineno", "col_offset"}
    kinds = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
    fields = {kind: tuple(name for name in kind._fields if name not in unseen) for kind in kinds}
    return fields | {ast.Constant: ()}


_FIELDS = _fields()


class PythonWalk:
    """After `walk`, `module` and `halstead` hold radon's figures and `rules` bandit's findings."""

    def __init__(self, rules: BanditRules) -> None:
        self.rules = rules
        self.module = Frame()
        self.halstead = Halstead()
        self._nowhere = Frame()
        self._rules_of: Mapping[type, Callable[[Any], None]] = rules.visitors()

    def walk(self, tree: ast.Module) -> None:
        """Raises `RecursionError` for a tree too deep."""
        self._children(tree, None, self.module)

    def _children(self, node: ast.AST, scope: str | None, frame: Frame) -> None:
        for name in _FIELDS[type(node)]:
            self._field(node, getattr(node, name, None), scope, frame)

    def _field(self, node: ast.AST, value: object, scope: str | None, frame: Frame) -> None:
        if isinstance(value, ast.AST):
            self._enter(value, node, None, scope, frame)
        elif isinstance(value, list):
            last = len(value) - 1
            for place, item in enumerate(value):
                if isinstance(item, ast.AST):
                    self._enter(item, node, value[place + 1] if place < last else None, scope, frame)

    def _enter(self, node: Any, parent: ast.AST, sibling: object, scope: str | None, frame: Frame) -> None:  # noqa: ANN401
        kind = type(node)
        mark(node, parent, sibling)
        if (rules := self._rules_of.get(kind)) is not None:
            rules(node)
        if (within := _WITHIN.get(kind)) is not None:
            within(self, node, scope, frame)
            return
        if (decision := DECISIONS.get(kind)) is not None:
            frame.complexity += decision(node)
        if scope != UNCOUNTED and (operation := OPERATIONS.get(kind)) is not None:
            self.halstead.count(scope, *operation(node))
        self._children(node, scope, frame)

    def _function(self, node: FunctionNode, scope: str | None, frame: Frame) -> None:
        body = Frame()
        inner = scope if scope == UNCOUNTED else node.name
        for name in _FIELDS[type(node)]:
            is_body = name == "body"
            value = getattr(node, name, None)
            self._field(node, value, inner if is_body else UNCOUNTED, body if is_body else self._nowhere)
        frame.close_function(node, body)

    def _class(self, node: ast.ClassDef, scope: str | None, frame: Frame) -> None:
        body = Frame(owner=node.name)
        for name in _FIELDS[type(node)]:
            self._field(node, getattr(node, name, None), scope, body if name == "body" else self._nowhere)
        frame.close_class(node, body)

    def _assertion(self, node: ast.Assert, scope: str | None, frame: Frame) -> None:
        frame.complexity += 1
        self._children(node, scope, self._nowhere)


_WITHIN: Mapping[type, Callable[[PythonWalk, Any, str | None, Frame], None]] = {
    ast.FunctionDef: PythonWalk._function,  # noqa: SLF001  its own methods
    ast.AsyncFunctionDef: PythonWalk._function,  # noqa: SLF001  its own methods
    ast.ClassDef: PythonWalk._class,  # noqa: SLF001  its own methods
    ast.Assert: PythonWalk._assertion,  # noqa: SLF001  its own methods
}
