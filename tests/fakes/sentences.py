"""What rules and checks say, read from their source: each sentence, with a stand-in for each value put into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "clientdesk"
PRINTED = frozenset({"title", "consequence", "fix_now", "fix_later"})
FAILURES = frozenset({"ToolFailed", "UnreadFile"})
_SENTENCE = re.compile(r"^(?:[A-Z0-9]|some_value).* .*\.$")
_ONE_SENTENCE_EACH = re.compile(r"(?<=[.!?]) (?=[A-Z0-9`])")


def printed_by_checks() -> dict[str, str]:
    """Every sentence that a check gives as title, consequence or fix, and the module it is in."""
    found = {}
    for path in sorted((SOURCE / "audit" / "checks").glob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            for keyword in call.keywords:
                if keyword.arg in PRINTED:
                    found |= dict.fromkeys(sentences(keyword.value), path.stem)
    return found


def written_in_the_audit() -> dict[str, str]:
    """Every sentence that stands anywhere in the audit's source, as reason, gap, evidence or whatever else."""
    found = {}
    for path in sorted((SOURCE / "audit").rglob("*.py")):
        tree = ast.parse(path.read_text())
        for text in _literals(tree, _docstrings(tree)):
            whole = _ONE_SENTENCE_EACH.split(text.strip())
            found |= {each: path.stem for each in whole if _SENTENCE.match(each)}
    return found


def told_of_failures() -> dict[str, str]:
    """Every reason that an adapter gives for a file it could not read, or a tool that failed."""
    found = {}
    for path in sorted((SOURCE / "adapters").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in FAILURES:
                found |= {text: path.stem for given in call.args for text in sentences(given) if " " in text}
    return found


def sentences(node: ast.expr) -> Iterator[str]:
    """The text of a literal, of both branches of a choice; nothing for what is not written there."""
    if isinstance(node, ast.IfExp):
        yield from sentences(node.body)
        yield from sentences(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_piece(part) for part in node.values)


def _docstrings(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _literals(node: ast.AST, left_out: set[int]) -> Iterator[str]:
    """The literals below a node; a string with values in it as one."""
    if id(node) in left_out:
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from sentences(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _literals(child, left_out)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = part.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "counted":
        return f"5 {_plural(value)}"
    is_share = isinstance(part, ast.FormattedValue) and part.format_spec is not None
    spec = (
        "".join(str(each.value) for each in part.format_spec.values if isinstance(each, ast.Constant))
        if is_share
        else ""
    )
    if spec.endswith("%"):
        return "6%"
    name = ast.unparse(value)
    is_figure = spec or name.startswith(("len(", "min(")) or name.endswith(FIGURES)
    return "7" if is_figure else "some_value"


FIGURES = (
    "complexity", "years", "number", "share", "COMPLEX", "_OFTEN", "SHOWN", "locked", "behind", ".line", "touches",
    "len(TRACKERS)", "place", "ONE_HEAD", "_HOT_COMMITS", "_MANY",
)  # fmt: skip


def _plural(call: ast.Call) -> str:
    """The noun that `counted` is given, as it stands after a five."""
    noun = next(sentences(call.args[1]), "some_value")
    return next(sentences(call.args[2]), noun) if len(call.args) > 2 else f"{noun}s"
