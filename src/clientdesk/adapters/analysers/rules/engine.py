"""Rules over a parsed file: a query finds candidates, a judge says which rule of the catalogue each one breaks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, Protocol, TypeVar

from tree_sitter import Node, Query, QueryCursor

from clientdesk.adapters.analysers.languages import grammar


class Code(Protocol):
    """A parsed file, with what its language's rules ask of it."""

    @property
    def root(self) -> Node: ...


AnyCode_contra = TypeVar("AnyCode_contra", bound=Code, contravariant=True)


@dataclass(frozen=True, slots=True)
class Rule(Generic[AnyCode_contra]):
    """`query` captures candidates as `@it`; `judge` answers with the id of a rule broken there, "" for none."""

    query: str
    judge: Callable[[Node, AnyCode_contra], str]


def broken(kind: str, rules: Sequence[Rule[AnyCode_contra]], code: AnyCode_contra) -> list[list[object]]:
    """Rule, first and last line of each place, in order of place; one rule is broken once a line."""
    places = set(_places(kind, rules, code))
    return [[rule, line, end] for line, rule, end in sorted(places)]


def _places(kind: str, rules: Sequence[Rule[AnyCode_contra]], code: AnyCode_contra) -> Iterator[tuple[int, str, int]]:
    cursor = QueryCursor(_compiled(kind, tuple(rule.query for rule in rules)))
    for capture, nodes in cursor.captures(code.root).items():
        if not capture.startswith("it"):
            continue
        judge = rules[int(capture.removeprefix("it"))].judge
        for node in nodes:
            if name := judge(node, code):
                yield node.start_point.row + 1, name, node.end_point.row + 1


@cache
def _compiled(kind: str, queries: tuple[str, ...]) -> Query:
    numbered = (
        query.replace("@it", f"@it{number}").replace("@_", f"@_{number}_") for number, query in enumerate(queries)
    )
    return Query(grammar(kind), "\n".join(numbered))


@cache
def edition() -> str:
    """Changes whenever a rule does: a digest of the modules that hold them, for the key of kept results."""
    digest = hashlib.sha256()
    for module in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if module.name.endswith(".py"):
            digest.update(module.name.encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()[:12]
