"""One file of another language: its functions with their complexity, its lines, and the rules it breaks.

Runs inside a worker only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node, Parser, QueryCursor

from clientdesk.adapters.analysers.languages import RULES, Rules, grammar, query
from clientdesk.adapters.analysers.rules import catalogue
from clientdesk.adapters.analysers.rules.erb import ruby_of
from clientdesk.adapters.analysers.wire import Result

# Nobody writes lines like these by hand: what a build put there is no code that people maintain.
_MINIFIED_BYTES, _MINIFIED_LINE = 5_000, 250
_ERROR_LINES, _ERROR_SHARE = 20, 0.1


def analyse(kind: str, data: bytes) -> Result:
    """Functions and issues as rows, lines as figures; `unread` and `unmeasured` say what could not be assessed."""
    if kind == "erb":
        return _template(data)
    rules = RULES.get(kind)
    if rules is None:
        return {"unread": f"no grammar for {kind}"}
    if len(data) > _MINIFIED_BYTES and len(data) / (data.count(b"\n") + 1) > _MINIFIED_LINE:
        return {"unread": "minified: no code that people maintain"}
    if b"\0" in data:
        return {"unread": "binary"}
    root = Parser(grammar(kind)).parse(data).root_node
    found = QueryCursor(query(kind)).captures(root)
    result: Result = {
        "functions": _functions(rules, found),
        "figures": _figures(data, found.get("comment", ())),
        "issues": catalogue.issues(kind, root),
        **catalogue.facts(kind, root),
    }
    if reason := _not_understood(data, found.get("error", ())):
        result["unmeasured"] = reason
    return result


def _template(data: bytes) -> Result:
    """A template is held against the rules for the Ruby in it, and not measured."""
    if b"\0" in data:
        return {"unread": "binary"}
    root = Parser(grammar("ruby")).parse(ruby_of(data)).root_node
    return {"issues": catalogue.issues("ruby", root), **catalogue.facts("ruby", root)}


@dataclass(slots=True)
class _Scope:
    node: Node
    name: str
    kind: str = ""
    complexity: int = 1


def _functions(rules: Rules, found: dict[str, list[Node]]) -> list[list[object]]:
    """In order of their beginning; each decision goes to the innermost function around it."""
    done: list[_Scope] = []
    open_scopes: list[_Scope] = []
    for node, capture in _in_order(found):
        while open_scopes and open_scopes[-1].node.end_byte <= node.start_byte:
            open_scopes.pop()
        if capture == "decision":
            function = next((scope for scope in reversed(open_scopes) if scope.kind), None)
            if function is not None:
                function.complexity += 1
            continue
        scope = _scope(rules, node, capture, open_scopes)
        if scope is not None:
            open_scopes.append(scope)
            done.append(scope)
    return [
        [one.name, one.kind, one.node.start_point.row + 1, one.node.end_point.row + 1, one.complexity]
        for one in done
        if one.kind
    ]


def _in_order(found: dict[str, list[Node]]) -> Iterator[tuple[Node, str]]:
    """Outer nodes before inner ones."""
    nodes = [(node, capture) for capture in ("class", "function", "decision") for node in found.get(capture, ())]
    return iter(sorted(nodes, key=lambda pair: (pair[0].start_byte, -pair[0].end_byte)))


def _scope(rules: Rules, node: Node, capture: str, around: Sequence[_Scope]) -> _Scope | None:
    owner = next((scope.name for scope in reversed(around) if not scope.kind), "")
    if capture == "class":
        return _Scope(node, _text(node.child_by_field_name("name")) or "(anonymous class)")
    if node.child_by_field_name("body") is None and node.type not in _BODILESS:
        return None  # a declaration: abstract, an interface's, an overload's
    kind = "method" if node.type in rules.methods else "function"
    name = _text(node.child_by_field_name("name")) or _given_name(node)
    owner = owner or _receiver(node)
    return _Scope(node, f"{owner}.{name}" if owner and kind == "method" else name, kind)


# A Ruby method may be empty and still be one.
_BODILESS = frozenset({"method", "singleton_method", "lambda"})


def _given_name(node: Node) -> str:
    """The name under which a function without one is kept: of the variable, the property, the field.

    Also through calls that wrap it (`save = debounce(() => …)`), and else the call it is handed to.
    """
    callee = ""
    parent = node.parent
    for _ in range(_WRAPPINGS):
        if parent is None or parent.type in _ENDS_OF_EXPRESSION:
            break
        for name in ("name", "key", "property", "left"):
            holder = parent.child_by_field_name(name)
            if holder is not None and holder.end_byte <= node.start_byte:
                return _text(holder)
        callee = callee or _text(parent.child_by_field_name("function"))
        parent = parent.parent
    return f"(callback of {callee[:60]})" if callee else "(anonymous)"


_WRAPPINGS = 6
_ENDS_OF_EXPRESSION = frozenset(
    {"statement_block", "expression_statement", "program", "class_body", "return_statement"}
)


def _receiver(node: Node) -> str:
    """Go's methods stand outside of their types: `func (s *Server) Run()` is of Server."""
    receiver = node.child_by_field_name("receiver")
    return _text(receiver).strip("()").split(" ")[-1].lstrip("*") if receiver is not None else ""


def _text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace")[:120] if node is not None else ""


def _figures(data: bytes, comments: Sequence[Node]) -> list[int]:
    """Lines in all, with code, with comments alone, blank."""
    bare = bytearray(data)
    for comment in comments:
        start, end = comment.start_byte, comment.end_byte
        bare[start:end] = b"".join(b"\n" if byte == 10 else b" " for byte in data[start:end])  # noqa: PLR2004  newline
    lines = data.splitlines()
    filled = sum(bool(line.strip()) for line in lines)
    code = sum(bool(line.strip()) for line in bytes(bare).splitlines())
    return [len(lines), code, filled - code, len(lines) - filled]


def _not_understood(data: bytes, errors: Sequence[Node]) -> str:
    size = sum(error.end_byte - error.start_byte for error in errors)
    lines = sum(error.end_point.row - error.start_point.row + 1 for error in errors)
    if lines <= _ERROR_LINES and size <= len(data) * _ERROR_SHARE:
        return ""
    first = min(error.start_point.row for error in errors) + 1
    return f"about {lines} lines of it are not understood, from line {first} on"
