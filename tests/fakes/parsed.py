"""A snippet of code, parsed here and now, with what its rules say."""

from __future__ import annotations

from tree_sitter import Node, Parser

from clientdesk.adapters.analysers.languages import grammar
from clientdesk.adapters.analysers.rules import catalogue


def parsed(kind: str, source: str) -> Node:
    return Parser(grammar(kind)).parse(source.encode()).root_node


def broken_rules(kind: str, source: str) -> list[str]:
    return [str(rule) for rule, _, _ in catalogue.issues(kind, parsed(kind, source))]


def first(node: Node, kind: str) -> Node:
    """The first node of this kind, outer ones before inner ones."""
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        if one.type == kind:
            return one
        waiting = [*one.named_children, *waiting]
    raise AssertionError(f"no {kind} in {node}")
