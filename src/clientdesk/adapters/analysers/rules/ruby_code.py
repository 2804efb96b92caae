"""What rules ask of Ruby: names, texts, and where a value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property

from tree_sitter import Node, Query, QueryCursor

from clientdesk.adapters.analysers.languages import grammar
from clientdesk.adapters.analysers.rules.origin import Origin, judged_once, worst

_REQUEST_NAMES = {"params", "cookies"}
_REQUEST_PARTS = {
    "params", "headers", "body", "raw_post", "query_parameters", "request_parameters", "query_string", "GET", "POST",
    "cookies", "user_agent", "parameters", "env",
}  # fmt: skip
_SAFE_CALLS = {
    "to_i", "to_f", "to_d", "to_r", "id", "ids", "object_id", "size", "length", "count", "hash", "sum", "shellescape",
    "escape", "quote", "quote_string", "quote_column_name", "quote_table_name", "quoted_table_name", "table_name",
    "quoted_primary_key", "primary_key", "column_names", "sanitize", "sanitize_sql", "sanitize_sql_array",
    "sanitize_sql_like", "sanitize_sql_for_order", "sanitize_sql_for_conditions", "send_sanitized", "to_sql", "h",
    "html_escape", "escape_html", "escape_html_once", "escape_once", "j", "escape_javascript", "json_escape",
    "basename", "url_from", "strftime", "iso8601", "to_date", "to_time", "to_datetime", "strip_tags", "t", "l", "I18n",
    "translate", "parameterize", "hexdigest", "digest", "uuid", "class", "arel_table", "find", "find_by", "find_by!",
    "model_name", "table_prefix", "polymorphic_name", "sti_name", "strip_links", "connection", "index", "Integer",
    "Float",
}  # fmt: skip
_FIXED_CLASSES = {
    "Time", "Date", "DateTime", "SecureRandom", "Rails", "Dir", "ENV", "Process", "Etc", "Socket", "Digest", "I18n",
    "Tempfile", "RbConfig", "Gem", "ActiveRecord", "Arel", "Settings", "Setting", "Figaro", "Integer", "Float",
}  # fmt: skip
_PASSING_CALLS = {
    "join", "format", "sprintf", "String", "decode64", "urlsafe_decode64", "strict_decode64", "unescape", "decode",
    "parse", "URI", "read", "new", "concat", "expand_path", "encode", "Array", "inflate",
}  # fmt: skip
# Of these a new one is what it was made from.
_PLAIN_CLASSES = frozenset(
    ["URI", "Base64", "CGI", "File", "JSON", "Addressable", "Pathname", "ERB", "StringIO", "String", "Zlib"]
)
_GUARDS = re.compile(
    r"\.(include|key|has_key|in|member|match|cover|exclude|one_of)\?|=~|\.match\(|valid_|allowed|safe_"
)
_LITERALS = {
    "integer", "float", "simple_symbol", "hash_key_symbol", "true", "false", "nil", "regex", "character", "constant",
    "rational", "complex", "string_array", "symbol_array", "range", "heredoc_end", "bare_symbol", "lambda", "self",
    "string_content", "escape_sequence", "heredoc_content", "comment", "empty_statement", "scope_resolution", "block",
    "do_block", "file", "line", "__FILE__", "__dir__", "method",
}  # fmt: skip
_BOUND = """
[(assignment left: (_) @name right: (_) @value) (operator_assignment left: (_) @name right: (_) @value)] @binding
"""


class RubyCode:
    """One parsed file."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._judged: dict[int, Origin] = {}

    @property
    def root(self) -> Node:
        return self._root

    def arguments(self, call: Node) -> list[Node]:
        """Without blocks and comments."""
        found = call.child_by_field_name("arguments")
        return [one for one in found.named_children if one.type not in {"comment", "block_argument"}] if found else []

    def option(self, call: Node, name: str) -> Node | None:
        """The value of `name: …` or `:name => …` among the arguments."""
        for argument in self.arguments(call):
            key = argument.child_by_field_name("key")
            if argument.type == "pair" and key is not None and text(key).strip(':"') == name:
                return argument.child_by_field_name("value")
        return None

    def value_of(self, node: Node) -> Node:
        """The one value that a name is given in its method, else the node itself."""
        method = enclosing(node, "method", "singleton_method")
        values = [value for around, value in self._bindings.get(text(node), ()) if around == method]
        return values[0] if len(values) == 1 else node

    def body_of_heredoc(self, beginning: Node) -> Node | None:
        """The lines that belong to `<<~SQL`: the first body behind it that ends with its word."""
        word = re.sub(r"^<<[~-]?|[\"'`]", "", text(beginning))
        above = beginning.parent
        while above is not None:
            for child in above.named_children:
                if child.type == "heredoc_body" and child.start_byte >= beginning.end_byte:
                    ends = [text(one).strip() for one in child.named_children if one.type == "heredoc_end"]
                    if ends == [word]:
                        return child
            above = above.parent
        return None

    def written_part(self, node: Node) -> str:
        """What of a text stands in the code itself, its variable parts left out."""
        if node.type == "heredoc_beginning":
            body = self.body_of_heredoc(node)
            return self.written_part(body) if body is not None else ""
        if node.type in {"string_content", "heredoc_content"}:
            return text(node)
        return " ".join(self.written_part(child) for child in node.named_children if child.type != "interpolation")

    def origin(self, node: Node | None, depth: int = 0) -> Origin:
        """Where a value comes from."""
        return judged_once(node, depth, _LITERALS, self._judged, self._origin)

    def _origin(self, node: Node, depth: int) -> Origin:  # noqa: PLR0911  one line a form of expression
        match node.type:
            case "identifier" | "instance_variable":
                return self._named(node, depth)
            case "call":
                return self._called(node, depth)
            case "element_reference":
                origin = self.origin(node.child_by_field_name("object"), depth + 1)
                return Origin.FIXED if origin is Origin.REQUEST and self._is_guarded(node) else origin
            case "conditional" | "if" | "unless" | "case" | "if_modifier" | "unless_modifier":
                return self._chosen(node, depth)
            case "heredoc_beginning":
                return self.origin(self.body_of_heredoc(node), depth + 1)
            case "global_variable" | "class_variable" | "yield" | "super":
                return Origin.UNKNOWN
        return worst(self.origin(child, depth + 1) for child in node.named_children)

    def _named(self, node: Node, depth: int) -> Origin:  # noqa: PLR0911  one line a kind of name
        name = text(node)
        if name in _REQUEST_NAMES or (name.endswith("_params") and name not in self._names_bound):
            return Origin.REQUEST
        if name in _SAFE_CALLS and node.type == "identifier" and name not in self._names_bound:
            return Origin.FIXED
        method = enclosing(node, "method", "singleton_method")
        values = [
            value for around, value in self._bindings.get(name, ()) if around == method and not within(node, value)
        ]
        if values:
            origin = worst(self.origin(value, depth + 1) for value in values)
            return Origin.FIXED if origin is not Origin.FIXED and self._is_guarded(node) else origin
        if (looped := self._looped_over(node)) is not None:
            return self.origin(looped, depth + 1)
        if node.type == "identifier" and (own := self._methods.get(name)) is not None and own != method:
            return self.origin(last_expression(own), depth + 1)
        if self._is_guarded(node):
            return Origin.FIXED
        return Origin.GIVEN if _is_parameter(node) else Origin.UNKNOWN

    def _called(self, node: Node, depth: int) -> Origin:
        name, receiver = method_name(node), node.child_by_field_name("receiver")
        if receiver is not None and text(receiver) == "request":
            return Origin.REQUEST if name in _REQUEST_PARTS else Origin.UNKNOWN
        if name in _SAFE_CALLS or name.endswith("?") or self._is_cleaning(node):
            return Origin.FIXED
        if receiver is None:
            own = self._methods.get(name)
            if own is not None and not self.arguments(node):
                return self.origin(last_expression(own), depth + 1)
            return (
                worst((Origin.UNKNOWN, *self._passed(node, depth)))
                if name not in _PASSING_CALLS
                else worst(self._passed(node, depth))
            )
        if receiver.type in {"constant", "scope_resolution"}:
            return self._of_class(node, receiver, depth)
        passed = self._passed(node, depth) if name != "new" else ()  # a new record is not its fields
        return worst((self.origin(receiver, depth + 1), *passed))

    def _of_class(self, node: Node, receiver: Node, depth: int) -> Origin:
        """A constant's own values are as fixed as itself; what a class makes is not known."""
        if is_screaming(text(receiver)) or text(receiver).split("::")[0] in _FIXED_CLASSES:
            return Origin.FIXED
        if text(receiver).split("::")[0] in _PLAIN_CLASSES:
            return worst(self._passed(node, depth))
        return Origin.UNKNOWN

    def _passed(self, node: Node, depth: int) -> Iterator[Origin]:
        if method_name(node) in _PASSING_CALLS:
            yield from (self.origin(argument, depth + 1) for argument in self.arguments(node))

    def _is_cleaning(self, node: Node) -> bool:
        """`gsub(/[^a-z]/, "")` and its kin keep known characters only."""
        first = next(iter(self.arguments(node)), None)
        return method_name(node) in {"gsub", "tr", "delete", "gsub!"} and first is not None and "[^" in text(first)

    def _chosen(self, node: Node, depth: int) -> Origin:
        """The branches, unless the question asks whether the value is one of those allowed."""
        condition = node.child_by_field_name("condition")
        if condition is not None and _GUARDS.search(text(condition)):
            return Origin.FIXED
        asked = {"condition", "value", "pattern"}
        branches = [
            child for place, child in enumerate(node.children)
            if child.is_named and node.field_name_for_child(place) not in asked
        ]  # fmt: skip
        if node.type == "case":
            branches = [
                branch.child_by_field_name("body") or branch for branch in branches if branch.type in {"when", "else"}
            ]
        return worst(self.origin(branch, depth + 1) for branch in branches)

    def _is_guarded(self, node: Node) -> bool:
        """Whether the method asks somewhere if this very value is among those allowed."""
        method = enclosing(node, "method", "singleton_method")
        if method is None:
            return False
        value = re.escape(text(node))
        asked = rf"(include|key|has_key|member|exclude)\?[ (]{value}(\.to_s|\.to_sym)?(?!\w)"
        answers = rf"(?<!\w){value}(\.to_s)?\.(in|presence_in)\b"
        return re.search(f"{asked}|{answers}", text(method)) is not None

    def _looped_over(self, node: Node) -> Node | None:
        """What a block's parameter runs over: the receiver of the call that the block belongs to."""
        above = node.parent
        while above is not None and above.type not in {"method", "singleton_method"}:
            taken = above.child_by_field_name("parameters") if above.type in {"block", "do_block"} else None
            names = [text(one) for one in taken.named_children] if taken is not None else []
            if text(node) in names and above.parent is not None:
                return above.parent.child_by_field_name("receiver")
            above = above.parent
        return None

    @cached_property
    def _bindings(self) -> dict[str, list[tuple[Node | None, Node]]]:
        """Name to the methods and values it is bound in and to."""
        found: dict[str, list[tuple[Node | None, Node]]] = {}
        for _, captured in QueryCursor(_bound()).matches(self._root):
            name, value = captured["name"][0], captured["value"][0]
            found.setdefault(text(name), []).append((enclosing(name, "method", "singleton_method"), value))
        return found

    @cached_property
    def _names_bound(self) -> frozenset[str]:
        return frozenset(self._bindings)

    @cached_property
    def _methods(self) -> dict[str, Node]:
        captured = QueryCursor(_methods_of_a_file()).captures(self._root)
        return {text(one.child_by_field_name("name")): one for one in captured.get("it", ())}


def _is_parameter(node: Node) -> bool:
    """Of the method or the lambda around it."""
    function = enclosing(node, "method", "singleton_method", "lambda")
    while function is not None:
        taken = function.child_by_field_name("parameters")
        names = (one.child_by_field_name("name") or one for one in (taken.named_children if taken is not None else ()))
        if any(text(name) == text(node) for name in names):
            return True
        function = enclosing(function, "method", "singleton_method", "lambda")
    return False


@cache
def _methods_of_a_file() -> Query:
    return Query(grammar("ruby"), "(method) @it")


@cache
def _bound() -> Query:
    return Query(grammar("ruby"), _BOUND)


def text(node: Node | None) -> str:
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def method_name(call: Node) -> str:
    return text(call.child_by_field_name("method")) if call.type == "call" else ""


def is_screaming(name: str) -> bool:
    """A constant by Ruby's habit: `SORT_ORDERS`, also within a class."""
    return re.fullmatch(r"[A-Z][A-Z0-9_]+", name.rsplit("::", maxsplit=1)[-1]) is not None


def enclosing(node: Node, *kinds: str) -> Node | None:
    above = node.parent
    while above is not None and above.type not in kinds:
        above = above.parent
    return above


def within(inner: Node, outer: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def last_expression(method: Node) -> Node | None:
    body = method.child_by_field_name("body")
    if body is None or body.type != "body_statement":
        return body
    inner = [
        child for child in body.named_children if child.type not in {"comment", "heredoc_body", "rescue", "ensure"}
    ]
    return inner[-1] if inner else None
