"""What Django code does with records: foreign keys, loops over queries, lists given out whole. Runs in a worker."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_TO_ONE = {"ForeignKey", "OneToOneField"}
_EAGER = {"select_related", "prefetch_related", "values", "values_list", "only", "dates", "aggregate"}
_QUERY = {
    "all",
    "filter",
    "exclude",
    "order_by",
    "distinct",
    "reverse",
    "iterator",
    "none",
    "using",
    "select_for_update",
}
_LISTS = {"ListAPIView", "ListCreateAPIView", "ModelViewSet", "ReadOnlyModelViewSet"}
_PLAIN_ROWS = {"pk", "id"}

Row = list[object]


def facts(tree: ast.Module, source: bytes) -> dict[str, list[Row]]:
    """Rows as `audit.data_facts` names them, without their paths."""
    if b"ForeignKey" not in source and b".objects" not in source and b"OneToOne" not in source:
        return {}
    made: dict[str, list[Row]] = {"associations": [], "loops": [], "answers": []}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            made["associations"] += _foreign_keys(node)
            made["answers"] += _lists(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            made["loops"] += _loops(node)
    return {kind: rows for kind, rows in made.items() if rows}


def _foreign_keys(model: ast.ClassDef) -> Iterator[Row]:
    for statement in model.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
            continue
        target = statement.targets[0]
        if _last_name(statement.value.func) in _TO_ONE and isinstance(target, ast.Name):
            yield [statement.lineno, model.name, target.id, False]


def _lists(view: ast.ClassDef) -> Iterator[Row]:
    """A view of the REST framework that lists every record; what it inherits from elsewhere is not known."""
    values = {
        target.id: statement.value
        for statement in view.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    bases = {_last_name(base) for base in view.bases}
    model, methods = _chain(values.get("queryset"))
    is_whole = model and not set(methods) - _QUERY - _EAGER and "filter" not in methods
    if bases and bases <= _LISTS and is_whole and "pagination_class" not in values:
        yield [view.lineno, view.name, model, True]


def _loops(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Row]:
    named = _queries_by_name(function)
    for node in ast.walk(function):
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            model, eager = _looped(node.iter, named)
            reads = sorted(set(_reads(node.body, node.target.id)))
            if model and not eager and reads:
                yield [node.lineno, function.name, model, reads]


def _queries_by_name(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, tuple[str, bool]]:
    """Names bound once to a query; bound again, they may be anything."""
    found: dict[str, tuple[str, bool]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            model, methods = _chain(node.value)
            found[name] = ("", True) if name in found else (model, not set(methods) <= _QUERY)
    return found


def _looped(over: ast.expr, named: dict[str, tuple[str, bool]]) -> tuple[str, bool]:
    if isinstance(over, ast.Name):
        return named.get(over.id, ("", True))
    model, methods = _chain(over)
    return model, not set(methods) <= _QUERY


def _chain(node: ast.expr | None) -> tuple[str, list[str]]:
    """`Post.objects.filter(…).order_by(…)`: the model and the methods; "" for anything else."""
    methods: list[str] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        methods.append(node.func.attr)
        node = node.func.value
    is_manager = isinstance(node, ast.Attribute) and node.attr == "objects" and methods
    model = _last_name(node.value) if is_manager and isinstance(node, ast.Attribute) else ""
    return model, methods[::-1]


def _reads(body: list[ast.stmt], record: str) -> Iterator[str]:
    """Names read of a record and used further: `post.author.name` reads `author`."""
    for statement in body:
        for node in ast.walk(statement):
            if not isinstance(node, ast.Attribute) or node.attr in _PLAIN_ROWS:
                continue
            inner = node.value
            if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == record:
                yield inner.attr


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
