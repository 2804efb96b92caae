"""What rules ask of JavaScript and TypeScript: names, texts, and where a value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property

from tree_sitter import Node, Query, QueryCursor

from clientdesk.adapters.analysers.languages import grammar
from clientdesk.adapters.analysers.rules.origin import Origin, judged_once, worst

_REQUEST = re.compile(
    r"(this\.)?(req|request|ctx|context|ctx\.request|ctx\.req|c\.req|koa|event)[?!]?\."
    r"(query|params|body|headers|cookies|signedCookies|url|originalUrl|rawBody|queryStringParameters|pathParameters|files?)\b"
    r"|(window\.|document\.|self\.|top\.)?location\.(hash|search|href)\b|document\.(URL|documentURI|referrer)\b|window\.name\b"
)
_REQUEST_CALL = re.compile(r"(req|request|c\.req|ctx\.req|ctx)\.(param|get|header|query)")
_SAFE_CALL = re.compile(
    r"(^|[.])(parseInt|parseFloat|Number|Boolean|BigInt|encodeURI|encodeURIComponent|"
    r"(?=\w++$)\w*?([eE]scape|[sS]aniti[sz]e|[pP]urify)\w*|toFixed|getTime|toISOString|toLocale\w*|basename|uuid\w*|v4|randomUUID|randomBytes|now|t|"
    r"\$t|i18n|translate|gettext|__|l10n|formatMessage|indexOf|charCodeAt|shellQuote|shellescape|createHash|digest|"
    r"isInteger|isArray|includes|test|ObjectId|quoteIdent|quoteLiteral|cwd|tmpdir|homedir|random|floor|round|ceil|max|min|"
    r"resolveModule|require\.resolve|fileURLToPath|mongoose\.Types\.ObjectId|getString|localize)$|^(RegExp)$"
)
_PASSING = re.compile(
    r"(^|\.)(String|decodeURIComponent|decodeURI|unescape|join|resolve|normalize|parse|from|toString|trim|trimStart|trimEnd|"
    r"toLowerCase|toUpperCase|replace|replaceAll|split|slice|substr|substring|concat|format|atob|Object\.assign|valueOf|get|"
    r"pop|shift|map|filter|flat|reverse|padStart|padEnd|readFileSync|raw|at)$"
)
_GUARD = re.compile(
    r"\.(includes|has|indexOf|hasOwnProperty|hasOwn|test|match|every|some)\(|===|\bin\b|isAllowed|isValid"
)
_ASKED = r"(includes|has|indexOf|test|hasOwn(Property)?|isValid\w*|validate\w*|isSafe\w*|isAllowed\w*)"
_LITERALS = {
    "string", "number", "regex", "true", "false", "null", "undefined", "string_fragment", "escape_sequence", "this",
    "function_expression", "arrow_function", "class", "comment", "type_annotation", "type_arguments", "type_identifier",
    "predefined_type", "property_identifier", "jsx_element", "jsx_self_closing_element", "jsx_fragment", "import",
    "satisfies", "generic_type", "union_type", "literal_type", "object_type", "super", "meta_property",
}  # fmt: skip
_FUNCTIONS = (
    *("function_declaration", "function_expression", "arrow_function", "method_definition"),
    *("generator_function", "generator_function_declaration"),
)
_FIXED_NAMES = {"__dirname", "__filename", "process", "config", "settings", "CONFIG", "undefined", "NaN", "Infinity"}
_BINDINGS = """
(variable_declarator name: (_) @name value: (_) @value)
(variable_declarator name: (identifier) @name !value)
(assignment_expression left: (_) @name right: (_) @value)
(augmented_assignment_expression left: (_) @name right: (_) @value)
(for_in_statement left: (_) @name right: (_) @value)
(import_statement (import_clause (_) @name) source: (_) @value)
"""


class ScriptCode:
    """One parsed file; `kind` is its grammar."""

    def __init__(self, root: Node, kind: str) -> None:
        self._root = root
        self._judged: dict[int, Origin] = {}
        self._kind = kind

    @property
    def root(self) -> Node:
        return self._root

    def mentions(self, *words: str) -> bool:
        """Whether the file's text contains one of the words: what it imports, most often."""
        return any(word.encode() in (self._root.text or b"") for word in words)

    def origin(self, node: Node | None, depth: int = 0) -> Origin:
        """Where a value comes from."""
        return judged_once(node, depth, _LITERALS, self._judged, self._origin)

    def _origin(self, node: Node, depth: int) -> Origin:  # noqa: C901, PLR0911  one line a form of expression
        match node.type:
            case "identifier" | "shorthand_property_identifier":
                return self._named(node, depth)
            case "member_expression":
                return self._member(node, depth)
            case "subscript_expression":
                return self._subscript(node, depth)
            case "call_expression" | "new_expression":
                return self._called(node, depth)
            case "ternary_expression":
                return self._chosen(node, depth)
            case "assignment_expression" | "augmented_assignment_expression":
                return self.origin(node.child_by_field_name("right"), depth + 1)
            case "pair":
                return self.origin(node.child_by_field_name("value"), depth + 1)
            case "binary_expression" if text(node.child_by_field_name("operator")) not in {"+", "||", "??", "&&"}:
                return Origin.FIXED
            case "binary_expression" if text(node.child_by_field_name("operator")) == "&&":
                return self.origin(node.child_by_field_name("right"), depth + 1)
            case "as_expression" | "satisfies_expression" | "non_null_expression":
                return self.origin(node.named_children[0], depth + 1)
        return worst(self.origin(child, depth + 1) for child in node.named_children)

    def _named(self, node: Node, depth: int) -> Origin:
        name = text(node)
        if name in _FIXED_NAMES or is_screaming(name):
            return Origin.FIXED
        values = self._values_of(node)
        if values is None:
            return Origin.GIVEN if self._is_parameter(node) else Origin.UNKNOWN
        origin = worst(self._bound_origin(value, depth) for value in values)
        return Origin.FIXED if origin is Origin.REQUEST and self._is_guarded(node) else origin

    def _bound_origin(self, value: Node | None, depth: int) -> Origin:
        if value is not None and value.parent is not None and value.parent.type == "import_statement":
            is_text = re.search(r"\.(html?|svg|css|md|txt|sql|glsl)\b|\?raw", text(value))
            return Origin.FIXED if is_text else Origin.UNKNOWN
        return self.origin(value, depth + 1)

    def _values_of(self, node: Node) -> list[Node | None] | None:
        """All that the innermost scope binds the name to; None for a parameter, or a name from elsewhere."""
        scopes = list(_scopes(node))
        for scope in scopes:
            if text(node) in self._parameters(scope):
                return None
            values = [value for around, value in self._bindings.get(text(node), ()) if around == scope]
            if values:
                return [value for value in values if value is None or not _within(node, value)]
        return None

    def _is_parameter(self, node: Node) -> bool:
        return any(text(node) in self._parameters(scope) for scope in _scopes(node))

    def value_of(self, node: Node) -> Node | None:
        """The one value that a name is bound to where it stands; None if there is none, or several."""
        values = (self._values_of(node) or []) if node.type == "identifier" else []
        return values[0] if len(values) == 1 else None

    def _member(self, node: Node, depth: int) -> Origin:
        whole = text(node)
        if _REQUEST.match(whole):
            return Origin.FIXED if self._is_guarded(node) else Origin.REQUEST
        name = text(node.child_by_field_name("property"))
        if whole.startswith("process.env") or name == "length" or is_screaming(name):
            return Origin.FIXED
        return (
            self.origin(node.child_by_field_name("object"), depth + 1)
            if not whole.startswith("this.")
            else Origin.UNKNOWN
        )

    def _subscript(self, node: Node, depth: int) -> Origin:
        if _REQUEST.match(text(node)):
            return Origin.FIXED if self._is_guarded(node) else Origin.REQUEST
        return self.origin(node.child_by_field_name("object"), depth + 1)

    def _called(self, node: Node, depth: int) -> Origin:
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        name = text(callee)
        if _SAFE_CALL.search(name) or self._is_cleaning(node, name):
            return Origin.FIXED
        if _REQUEST_CALL.fullmatch(name):
            return Origin.REQUEST
        receiver = (
            callee.child_by_field_name("object") if callee is not None and callee.type == "member_expression" else None
        )
        if not _PASSING.search(name) and node.type == "call_expression":
            return Origin.UNKNOWN
        passed = [self.origin(argument, depth + 1) for argument in arguments(node)]
        own = (
            self.origin(receiver, depth + 1)
            if receiver is not None and not _is_module(text(receiver))
            else Origin.FIXED
        )
        if node.type == "new_expression":
            return worst((Origin.UNKNOWN, *passed)) if not re.search(r"URL(SearchParams)?$", name) else worst(passed)
        return worst((own, *passed, *self._given_back(node, depth)))

    def _given_back(self, node: Node, depth: int) -> Iterator[Origin]:
        """What the functions handed over give back: `items.map((item) => …)`."""
        for argument in arguments(node):
            if argument.type in {"arrow_function", "function_expression"}:
                body = argument.child_by_field_name("body")
                if body is not None and body.type != "statement_block":
                    yield self.origin(body, depth + 1)
                else:
                    yield Origin.UNKNOWN

    def _is_cleaning(self, node: Node, name: str) -> bool:
        first = next(iter(arguments(node)), None)
        is_replacing = name.endswith((".replace", ".replaceAll")) and first is not None
        return is_replacing and "[^" in text(first)

    def _chosen(self, node: Node, depth: int) -> Origin:
        if _GUARD.search(text(node.child_by_field_name("condition"))):
            branches = [node.child_by_field_name("consequence"), node.child_by_field_name("alternative")]
            return min((self.origin(branch, depth + 1) for branch in branches), default=Origin.FIXED)
        return worst(self.origin(node.child_by_field_name(name), depth + 1) for name in ("consequence", "alternative"))

    def _is_guarded(self, node: Node) -> bool:
        """Whether a function around it asks if this very value is among those allowed."""
        value = rf"(?<![\w.$]){re.escape(text(node))}"
        asked = re.compile(rf"{value}\.startsWith\(|\b{_ASKED}\([^()]*{value}(?![\w$])")
        function = enclosing(node, *_FUNCTIONS)
        return function is not None and asked.search(text(function)) is not None

    def _parameters(self, scope: Node | None) -> frozenset[str]:
        if scope is None or scope.type not in _FUNCTIONS:
            return frozenset()
        taken = scope.child_by_field_name("parameters") or scope.child_by_field_name("parameter")
        return frozenset(_names(taken)) if taken is not None else frozenset()

    @cached_property
    def _bindings(self) -> dict[str, list[tuple[Node | None, Node | None]]]:
        """Name to the scopes and values it is bound in and to; parts of a pattern are bound to the whole."""
        found: dict[str, list[tuple[Node | None, Node | None]]] = {}
        for _, captured in QueryCursor(_bound(self._kind)).matches(self._root):
            name = captured["name"][0]
            value = captured["value"][0] if "value" in captured else None
            if name.type not in {"member_expression", "subscript_expression"}:
                scope = enclosing(name, *_FUNCTIONS)
                for one in _names(name):
                    found.setdefault(one, []).append((scope, value))
        return found


@cache
def _bound(kind: str) -> Query:
    return Query(grammar(kind), _BINDINGS)


def _names(node: Node) -> Iterator[str]:
    """Every name that a pattern or a list of parameters binds."""
    if node.type in {"identifier", "shorthand_property_identifier_pattern"}:
        yield text(node)
    for child in node.named_children:
        if child.type not in {"type_annotation", "property_identifier", "decorator"}:
            yield from _names(child)


def _scopes(node: Node) -> Iterator[Node | None]:
    scope = enclosing(node, *_FUNCTIONS)
    while scope is not None:
        yield scope
        scope = enclosing(scope, *_FUNCTIONS)
    yield None


def _within(inner: Node, outer: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _is_module(name: str) -> bool:
    return name in {"path", "JSON", "Buffer", "util", "Object", "Array", "String", "url", "querystring", "qs", "fs"}


def arguments(call: Node) -> list[Node]:
    """None for a tagged template, whose parts never become one text."""
    found = call.child_by_field_name("arguments")
    if found is None or found.type != "arguments":
        return []
    return [one for one in found.named_children if one.type != "comment"]


def text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def is_screaming(name: str) -> bool:
    return re.fullmatch(r"[A-Z][A-Z0-9_]+", name) is not None


def enclosing(node: Node, *kinds: str) -> Node | None:
    above = node.parent
    while above is not None and above.type not in kinds:
        above = above.parent
    return above


def callee(call: Node) -> str:
    return text(call.child_by_field_name("function") or call.child_by_field_name("constructor"))


def last_name(call: Node) -> str:
    """`exec` of `child_process.exec(…)` and of `exec(…)`."""
    return callee(call).split(".")[-1].strip("?!")


def option(holder: Node | None, name: str) -> Node | None:
    """The value under a key of an object literal."""
    for pair in holder.named_children if holder is not None and holder.type == "object" else ():
        if pair.type == "pair" and text(pair.child_by_field_name("key")).strip("'\"") == name:
            return pair.child_by_field_name("value")
    return None


def plain(node: Node | None) -> str:
    """The content of a literal text, "" for anything else."""
    if node is None or node.type not in {"string", "template_string"}:
        return ""
    if any(child.type == "template_substitution" for child in node.named_children):
        return ""
    return text(node)[1:-1]
