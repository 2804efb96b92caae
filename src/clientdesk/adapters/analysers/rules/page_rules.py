"""What breaks a rule in JavaScript and TypeScript in the browser, and in the texts that scripts hold."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from tree_sitter import Node

from clientdesk.adapters.analysers.rules.engine import Rule
from clientdesk.adapters.analysers.rules.origin import Origin, graded
from clientdesk.adapters.analysers.rules.script_code import ScriptCode, arguments, callee, option, plain, text
from clientdesk.adapters.analysers.rules.script_rules import ScriptRule

_SECRET_NAME = re.compile(
    r"(?i)^\w*(secret|password|passwd|api_?key|access_?key|private_?key|auth_?token|access_?token|client_?secret)$"
)
_TOKEN_NAME = re.compile(
    r"(token|secret|password|passwd|otp|csrf|apiKey|api_key|sessionId|session_id|resetCode|salt)s?$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?i)example|sample|dummy|placeholder|your|change|xxx|test|fake|secret|password|localhost|insert|token|default|"
    r"^[a-z]+([-_. :/][a-z]+)*$|\s|[{<$(]|^https?:|^[\w.+-]+/[\w.+-]+$|^[./]|abcdef|123456"
)
_LEAST_BITS = 3.5
_LEAST_SECRET = 20


def _into_page(node: Node, code: ScriptCode) -> str:
    """`element.innerHTML = …`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    name = text(left.child_by_field_name("property")) if left is not None and left.type == "member_expression" else ""
    if name not in {"innerHTML", "outerHTML"} or right is None:
        return ""
    return _shown(right, code)


def _shown(node: Node, code: ScriptCode) -> str:
    if text(node).rstrip(";").endswith(("innerHTML", "outerHTML", ".html")):
        return ""
    origin = code.origin(node)
    return graded(origin, "js-html-input", "js-html", "js-html")


def _written(call: Node, code: ScriptCode) -> str:
    name, given = callee(call), arguments(call)
    if name.endswith("insertAdjacentHTML"):
        return _shown(given[1], code) if len(given) > 1 else ""
    if name in {"document.write", "document.writeln", "window.document.write"}:
        return _shown(given[0], code) if given else ""
    return ""


def _jquery(call: Node, code: ScriptCode) -> str:
    """`$(…).html(x)`; with unknown content it is everyday code, so only a visitor's input tells."""
    given = arguments(call)
    if len(given) != 1 or not re.match(r"(\$|jQuery)\(|\$\w+\.", callee(call)):
        return ""
    return "js-html-input" if code.origin(given[0]) is Origin.REQUEST else ""


def _react(node: Node, code: ScriptCode) -> str:
    name = next((text(child) for child in node.named_children if child.type == "property_identifier"), "")
    if name != "dangerouslySetInnerHTML":
        return ""
    inner = next((child for child in node.named_children if child.type == "jsx_expression"), None)
    value = option(inner.named_children[0] if inner is not None and inner.named_children else None, "__html")
    if value is None or re.search(r"JSON\.stringify|serialize\(", text(value)):
        return ""
    origin = code.origin(value)
    return graded(origin, "js-html-input", "js-react-html", "js-react-html")


def _blank_target(node: Node, _code: ScriptCode) -> str:
    """Only links that leave the site, or may: a written relative address can't harm."""
    found = {_attribute_name(child): child for child in node.named_children if child.type == "jsx_attribute"}
    is_spread = any(child.type == "jsx_expression" for child in node.named_children)
    tag = text(node.child_by_field_name("name"))
    if tag != "a" or is_spread or "target" not in found or "_blank" not in text(found["target"]):
        return ""
    href, rel = text(found.get("href")), text(found.get("rel"))
    leaves = re.search(r"=\s*[\"'](https?:)?//", href) or ("{" in href and "`/" not in href)
    return "js-blank-target" if leaves and not re.search(r"noopener|noreferrer|\{", rel) else ""


def _attribute_name(node: Node) -> str:
    return text(node.named_children[0]) if node.named_children else ""


def _post_message(call: Node, _code: ScriptCode) -> str:
    given = arguments(call)
    is_open = len(given) >= 2 and plain(given[1]) == "*"  # noqa: PLR2004  message and origin
    return "js-post-message" if is_open else ""


def _navigation(node: Node, code: ScriptCode) -> str:
    left = text(node.child_by_field_name("left"))
    right = node.child_by_field_name("right")
    if not re.fullmatch(r"(window\.|document\.|top\.|self\.)*location(\.href)?", left) or right is None:
        return ""
    value = text(code.value_of(right) or right)
    if re.match(r"(window\.|document\.)?location\b|[`'\"]", value) or not re.search(
        r"\.search\b|searchParams|Params", value
    ):
        return ""
    return "js-redirect-input" if code.origin(right) is Origin.REQUEST else ""


def _guessable(call: Node, _code: ScriptCode) -> str:
    if callee(call) != "Math.random":
        return ""
    above = call.parent
    while above is not None and above.type not in _NAMED:
        if above.type in {"arguments", "jsx_expression"} and not _is_conversion(above.parent):
            return ""
        above = above.parent
    field = _NAMED.get(above.type, "") if above is not None else ""
    name = text(above.child_by_field_name(field)).split(".")[-1] if above is not None else ""
    return (
        "js-guessable-token"
        if _TOKEN_NAME.search(name) and not re.search(r"(?i)is_?|has_?|count|fake|mock", name)
        else ""
    )


def _is_conversion(node: Node | None) -> bool:
    return node is None or node.type != "call_expression" or re.search(
        r"(Math\.\w+|charAt|String|toString|substr(?:ing)?|slice|from|map|join|repeat|push|replace|createHash|update|md5|btoa|parseInt)$",
        callee(node),
    ) is not None  # fmt: skip


_NAMED = {
    "variable_declarator": "name",
    "assignment_expression": "left",
    "pair": "key",
    "function_declaration": "name",
    "method_definition": "name",
    "public_field_definition": "name",
}


def _secret(node: Node, _code: ScriptCode) -> str:
    field = {"variable_declarator": "name", "assignment_expression": "left", "pair": "key"}.get(node.type, "name")
    other = {"variable_declarator": "value", "assignment_expression": "right", "pair": "value"}.get(node.type, "value")
    name = text(node.child_by_field_name(field)).split(".")[-1].strip("'\"")
    value = plain(node.child_by_field_name(other))
    if not _SECRET_NAME.match(name) or len(value) < _LEAST_SECRET or _PLACEHOLDER.search(value):
        return ""
    has_digits = any(one.isdigit() for one in value)
    return "js-secret-in-code" if has_digits and _bits(value) >= _LEAST_BITS else ""


def _bits(value: str) -> float:
    """Shannon's entropy of one character, in bits."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def _slow_pattern(node: Node, _code: ScriptCode) -> str:
    return "js-slow-pattern" if _is_slow(text(node.child_by_field_name("pattern"))) else ""


# A group whose whole content is one repeated thing, itself repeated, with something behind it that may fail.
_NESTED = re.compile(r"\((\?:)?(\\?[\w.]|\[[^\]\\]*(\\.[^\]\\]*)*\])[+*]\)[+*](?!\)?$)(?!/)")


def _is_slow(pattern: str) -> bool:
    return _NESTED.search(pattern[:2000]) is not None


def _calls(*names: str) -> str:
    words = " ".join(f'"{name}"' for name in names)
    called = "(call_expression function: (member_expression property: (property_identifier) @_f)) @it"
    return f"({called} (#any-of? @_f {words}))"


_HOLDERS_OF_TEXT = """
(variable_declarator name: (identifier) value: [(string) (template_string)]) @it
(assignment_expression right: [(string) (template_string)]) @it
(pair value: [(string) (template_string)]) @it
"""
RULES: Sequence[ScriptRule] = (
    Rule("(assignment_expression left: (member_expression)) @it", _into_page),
    Rule(_calls("insertAdjacentHTML", "write", "writeln"), _written),
    Rule(_calls("html", "append", "prepend", "after", "before"), _jquery),
    Rule(_calls("postMessage"), _post_message),
    Rule("(assignment_expression) @it", _navigation),
    Rule(_calls("random"), _guessable),
    Rule(_HOLDERS_OF_TEXT, _secret),
    Rule("(regex) @it", _slow_pattern),
)
# The grammar of TypeScript without JSX has no such nodes.
JSX_RULES: Sequence[ScriptRule] = (
    Rule("(jsx_attribute) @it", _react),
    Rule("[(jsx_opening_element) (jsx_self_closing_element)] @it", _blank_target),
)
