"""Where a value comes from, as far as one file tells: the code itself, not known, a caller, a visitor."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from enum import IntEnum

from tree_sitter import Node


class Origin(IntEnum):
    """In order of danger: the origin of a whole is the greatest of its parts'."""

    FIXED = 0
    UNKNOWN = 1
    GIVEN = 2  # handed over by whoever calls the function
    REQUEST = 3


# A value that is passed on more often than this is called unknown.
DEEPEST = 12


def graded(origin: Origin, from_request: str, given: str, unclear: str) -> str:
    """The rule that is broken by a value of this origin, "" by what the code itself says."""
    return {Origin.REQUEST: from_request, Origin.GIVEN: given, Origin.UNKNOWN: unclear, Origin.FIXED: ""}[origin]


def worst(origins: Iterable[Origin]) -> Origin:
    return max(origins, default=Origin.FIXED)


def judged_once(
    node: Node | None,
    depth: int,
    literals: Container[str],
    known: dict[int, Origin],
    judge: Callable[[Node, int], Origin],
) -> Origin:
    """Each node is judged once and kept in `known`; one that leads back to itself is unknown."""
    if node is None or node.type in literals:
        return Origin.FIXED
    if depth > DEEPEST:
        return Origin.UNKNOWN
    if node.id not in known:
        known[node.id] = Origin.UNKNOWN
        known[node.id] = judge(node, depth)
    return known[node.id]
