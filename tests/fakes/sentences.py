"""What rules and checks say, read from their source: each sentence, with a stand-in for each value put into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "clientdesk"
PRINTED = frozenset({"title", "consequence", "fix_now"})


def printed_by_checks() -> dict[str, str]:
    """Every sentence that a check gives as title, consequence or fix, and the module it is in."""
    found = {}
    for path in sorted((SOURCE / "audit" / "checks").glob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            for keyword in call.keywords:
                if keyword.arg in PRINTED:
                    found |= dict.fromkeys(sentences(keyword.value), path.stem)
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


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = part.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "counted":
        words = [each.value for each in value.args if isinstance(each, ast.Constant)]
        return f"5 {words[-1] if len(words) > 1 else words[0] + 's'}"
    is_share = isinstance(part, ast.FormattedValue) and part.format_spec is not None
    spec = (
        "".join(str(each.value) for each in part.format_spec.values if isinstance(each, ast.Constant))
        if is_share
        else ""
    )
    if spec.endswith("%"):
        return "6%"
    name = ast.unparse(value)
    return "7" if spec or name.endswith(("complexity", "years", "number")) else "some_value"
