"""Which packages a script takes in whole, of those that weigh in a page."""

from __future__ import annotations

from functools import cache

from tree_sitter import Node, Query, QueryCursor

from clientdesk.adapters.analysers.languages import grammar
from clientdesk.adapters.analysers.rules.script_code import text

_IMPORTED = """
(import_statement source: (string (string_fragment) @name)) @it
(call_expression function: (identifier) @_f arguments: (arguments . (string (string_fragment) @name) .)
  (#eq? @_f "require")) @it
"""


def facts(kind: str, root: Node) -> dict[str, list[list[object]]]:
    """Line and name of every package (not of files, and not of a part of a package)."""
    found = []
    for _, captured in QueryCursor(_query(kind)).matches(root):
        name, node = text(captured["name"][0]), captured["it"][0]
        is_type_only = text(node).startswith("import type")
        if (
            not name.startswith((".", "/", "~", "@/", "#"))
            and name.count("/") == name.startswith("@")
            and not is_type_only
        ):
            found.append([node.start_point.row + 1, name])
    return {"imports": found} if found else {}


@cache
def _query(kind: str) -> Query:
    return Query(grammar(kind), _IMPORTED)
