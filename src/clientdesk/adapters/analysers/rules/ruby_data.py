"""What Ruby on Rails code does with records: associations, rows kept, loops over them, answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from clientdesk.adapters.analysers.languages import grammar
from clientdesk.adapters.analysers.rules.ruby_code import RubyCode, enclosing, is_screaming, method_name, text

_MANY, _ONE = {"has_many", "has_and_belongs_to_many"}, {"belongs_to", "has_one"}
_EAGER = {"includes", "preload", "eager_load", "with_attached", "strict_loading"}
_NARROW = {
    "where",
    "limit",
    "page",
    "per",
    "paginate",
    "first",
    "last",
    "take",
    "find",
    "pluck",
    "none",
    "offset",
    "ids",
}
_PLAIN = {"all", "order", "reorder", "not", "distinct", "unscoped", "reverse", "to_a", "load", "references", "joins"}
_QUERY = _EAGER | _NARROW | _PLAIN
_LOOPS = {"each", "each_with_index", "map", "flat_map", "collect", "find_each", "each_with_object", "array!", "sum"}
_FEW = {"first", "last", "find", "take", "pluck", "ids"}
_WRITES = {"build", "new", "create", "create!", "<<", "delete_all", "destroy_all", "update_all", "id", "loaded?"}
_CALLS = "((call method: (identifier) @_m) @call (#any-of? @_m {}))"


def facts(root: Node) -> dict[str, list[list[object]]]:
    """Rows as `audit.data_facts` names them, without their paths."""
    found = QueryCursor(_query()).captures(root)
    code = RubyCode(root)
    calls = found.get("call", [])
    made = {
        "associations": [row for call in calls for row in _associations(call, code)],
        "rows": [row for node in found.get("assignment", ()) for row in _rows(node)],
        "loops": [row for call in calls for row in _loops(call, code)],
        "answers": [row for call in calls for row in _answers(call, code)],
    }
    return {kind: rows for kind, rows in made.items() if rows}


@cache
def _query() -> Query:
    names = (*_MANY, *_ONE, *_LOOPS, "default_scope", "render")
    words = " ".join(f'"{name}"' for name in sorted(names))
    return Query(grammar("ruby"), f"{_CALLS.format(words)} (assignment) @assignment")


def _associations(call: Node, code: RubyCode) -> Iterator[list[object]]:
    name, model = method_name(call), _model_around(call)
    if not model or call.child_by_field_name("receiver") is not None:
        return
    if name == "default_scope" and any(word in text(call) for word in _EAGER):
        yield [_line(call), model, "*", True]
    given = code.arguments(call)
    if name in _MANY | _ONE and given and given[0].type == "simple_symbol":
        yield [_line(call), model, text(given[0]).lstrip(":"), name in _MANY]


def _model_around(call: Node) -> str:
    holder = enclosing(call, "class")
    return text(holder.child_by_field_name("name")).split("::")[-1] if holder is not None else ""


def _rows(assignment: Node) -> Iterator[list[object]]:
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    if left is None or right is None or left.type not in {"instance_variable", "identifier"}:
        return
    model, methods = _chain(right)
    if not model and (eager := bool(set(methods) & _EAGER)):
        yield [_line(assignment), _scope(assignment), text(left), "", eager, False]
    elif model and not set(methods) & _FEW and methods:
        is_known = set(methods) <= _QUERY
        eager = bool(set(methods) & _EAGER) or not is_known
        yield [_line(assignment), _scope(assignment), text(left), model, eager, is_known and not set(methods) & _NARROW]


def _chain(node: Node) -> tuple[str, list[str]]:
    """The model at the root of a query and the methods called on it; "" where the root is something else."""
    methods: list[str] = []
    at: Node | None = node
    while at is not None and at.type == "call":
        methods.append(method_name(at))
        at = at.child_by_field_name("receiver")
    is_model = at is not None and at.type in {"constant", "scope_resolution"} and not is_screaming(text(at))
    return (text(at).split("::")[-1] if is_model else ""), methods[::-1]


def _loops(call: Node, code: RubyCode) -> Iterator[list[object]]:
    block, receiver = call.child_by_field_name("block"), call.child_by_field_name("receiver")
    if method_name(call) not in _LOOPS or block is None or receiver is None:
        return
    over = next(iter(code.arguments(call)), None) if method_name(call) == "array!" else receiver
    taken = block.child_by_field_name("parameters")
    if over is None or taken is None or not taken.named_children:
        return
    source = _source(over)
    reads = _reads(block, text(taken.named_children[0]))
    if source and reads:
        yield [_line(call), _scope(call), source, sorted(reads)]


def _source(node: Node) -> str:
    """A name with rows, or the model itself where a plain query without eager loading stands in the loop's head."""
    if node.type in {"instance_variable", "identifier"}:
        return text(node)
    model, methods = _chain(node)
    is_plain = methods and set(methods) <= _QUERY - _EAGER - _FEW
    return model if model and is_plain else ""


def _reads(block: Node, record: str) -> set[str]:
    """Names read of a record and used further: `post.author.name` reads `author`."""
    found = set()
    for call in QueryCursor(_further()).captures(block).get("it", ()):
        inner = call.child_by_field_name("receiver")
        if inner is None or method_name(call) in _WRITES or inner.child_by_field_name("arguments") is not None:
            continue
        if text(inner.child_by_field_name("receiver")) == record:
            found.add(method_name(inner))
    return found


@cache
def _further() -> Query:
    return Query(grammar("ruby"), "(call receiver: (call receiver: (identifier) method: (identifier))) @it")


def _answers(call: Node, code: RubyCode) -> Iterator[list[object]]:
    given = code.option(call, "json") if method_name(call) == "render" else None
    if given is None:
        return
    if given.type in {"instance_variable", "identifier"}:
        yield [_line(call), _scope(call), text(given), False]
        return
    model, methods = _chain(given)
    if model and methods and set(methods) <= _PLAIN | _EAGER | {"to_json", "as_json"}:
        yield [_line(call), _scope(call), model, True]


def _scope(node: Node) -> str:
    method = enclosing(node, "method", "singleton_method")
    return text(method.child_by_field_name("name")) if method is not None else ""


def _line(node: Node) -> int:
    return node.start_point.row + 1
