"""What breaks a rule in Ruby and Rails. What each rule means stands in `audit/code_rules.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tree_sitter import Node

from clientdesk.adapters.analysers.rules.engine import Rule
from clientdesk.adapters.analysers.rules.origin import Origin, graded
from clientdesk.adapters.analysers.rules.ruby_code import RubyCode, enclosing, method_name, text

RubyRule = Rule[RubyCode]
_TEXTS = {"string", "heredoc_beginning", "binary", "chained_string", "call", "identifier", "instance_variable"}
_SQL = re.compile(
    r"(?i)\b(select\s.{1,1000}\sfrom|insert\s+into|update\s++(?:\S++\s++)?set|delete\s+from|from\s+\w+|where\s|order\s+by|truncate|"
    r"create\s+(table|index|view)|drop\s+(table|index|view)|alter\s+table|set\s+\w+\s*=|\w+\.\w+\s*(=|<|>|like|in)\s)"
)
_PASSWORD = re.compile(r"(?i)passw(or)?d|passphrase|pwd")
_TOKEN = re.compile(
    r"(?i)(^|_)(token|secret|password|passwd|otp|nonce|api_?key|session_?id|csrf|salt|reset_?code)s?($|_)"
)
_UNESCAPED_SAFELY = re.compile(
    r"\b(to_json|sanitize\w*|simple_format|render\w*|content_for|yield|link_to\w*|strip_tags|json_escape|escape\w*|h|"
    r"t|translate|l|image_tag|content_tag|tag|safe_join|capture|icon\w*|svg\w*|inline_svg\w*|asset_\w*|csrf_\w*|"
    r"\w*_tags?|\w*_html_safe|sanitized\w*|\w+_json|button_to|pluralize|number_\w+|time_\w+|markdown\w*|pagy\w*|\w*_path|\w*_url)\b"
)


def _calls(*names: str) -> str:
    words = " ".join(f'"{name}"' for name in names)
    return f"((call method: [(identifier) (constant)] @_m) @it (#any-of? @_m {words}))"


def _first(call: Node, code: RubyCode) -> Node | None:
    arguments = code.arguments(call)
    return arguments[0] if arguments and arguments[0].type not in {"pair", "hash_splat_argument"} else None


def _is_composed(node: Node, code: RubyCode) -> bool:
    """Whether it is a text with variable parts in it, and not a variable alone."""
    if node.type == "heredoc_beginning":
        body = code.body_of_heredoc(node)
        return body is not None and _is_composed(body, code)
    if node.type in {"string", "heredoc_body", "subshell", "chained_string", "bare_string", "delimited_symbol"}:
        return any(child.type == "interpolation" or _is_composed(child, code) for child in node.named_children)
    if node.type == "binary" and text(node.child_by_field_name("operator")) in {"+", "%", "<<"}:
        return bool(code.written_part(node).strip())
    return node.type in {"parenthesized_statements", "argument_list"} and any(
        _is_composed(child, code) for child in node.named_children
    )


def _composed_sql(node: Node, code: RubyCode, *, must_look_like_sql: bool) -> str:
    if not _is_composed(node, code) or (must_look_like_sql and not _SQL.search(code.written_part(node))):
        return ""
    origin = code.origin(node)
    is_statement = _SQL.search(code.written_part(node)) is not None
    if origin is Origin.GIVEN and is_statement and all(_NAMES_ONLY.fullmatch(text(one)) for one in _put_in(node, code)):
        origin = Origin.FIXED  # a table or a column, named by code: no query takes those as parameters
    return graded(origin, "rb-sql-input", "rb-sql", "rb-sql-unclear")


_NAMES_ONLY = re.compile(
    r"(?i)\A[\w.]*(?:table|column|col|field|schema|index|relation|placeholder|value_list|binds?)"
    r"(?:s|_names?|_lists?|_sql)?\Z"
)


def _put_in(node: Node, code: RubyCode) -> list[Node]:
    """The expressions that are put into a text by interpolation; of one that is added together nothing is told."""
    body = code.body_of_heredoc(node) if node.type == "heredoc_beginning" else node
    if body is None or body.type == "binary":
        return [node]
    return [child.named_children[0] for child in body.named_children if child.type == "interpolation"]


def _condition(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    if first is None or (call.child_by_field_name("receiver") is None and not _is_in_record(call)):
        return ""
    if first.type == "array" and first.named_children:
        first = first.named_children[0]
    is_raw = method_name(call) in {"find_by_sql", "count_by_sql", "sql", "where", "having", "joins", "from"}
    if is_raw and method_name(call) not in {"where", "from"} and code.origin(first) is Origin.REQUEST:
        return "rb-sql-input" if first.type in _TEXTS | {"element_reference"} else ""
    return _composed_sql(first, code, must_look_like_sql=method_name(call) in {"from", "sql", "exists?"})


def _is_in_record(call: Node) -> bool:
    """Whether a call without receiver is one of a database model, and not of anything else that selects."""
    around = enclosing(call, "class")
    parent = text(around.child_by_field_name("superclass")) if around is not None else ""
    return method_name(call) != "select" or re.search(r"Record|ActiveRecord", parent) is not None


def _statement(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    if first is None:
        return ""
    if first.type == "identifier":
        return "rb-sql-input" if method_name(call) != "query" and code.origin(first) is Origin.REQUEST else ""
    return _composed_sql(first, code, must_look_like_sql=True)


def _order(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    if first is None or first.type == "hash":
        return ""
    if _is_composed(first, code):
        return _composed_sql(first, code, must_look_like_sql=False)
    is_query = call.child_by_field_name("receiver") is not None
    return "rb-order-input" if is_query and code.origin(first) is Origin.REQUEST else ""


def _eval(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    if first is None:
        return ""
    origin = code.origin(first)
    if origin is Origin.REQUEST:
        return "rb-eval-input"
    receiver = text(call.child_by_field_name("receiver"))
    is_plain = method_name(call) == "eval" and receiver in {"", "Kernel", "binding", "self"}
    return "rb-eval" if is_plain and origin is not Origin.FIXED else ""


def _from_request(name: str) -> Callable[[Node, RubyCode], str]:
    """The first argument is a visitor's."""

    def judge(call: Node, code: RubyCode) -> str:
        first = _first(call, code)
        return name if first is not None and code.origin(first) is Origin.REQUEST else ""

    return judge


def _send(call: Node, code: RubyCode) -> str:
    """With words of the code before or behind it, a visitor reaches only few methods."""
    first = _first(call, code)
    if first is None or code.origin(first) is not Origin.REQUEST:
        return ""
    return "rb-send-part-input" if _is_composed(code.value_of(first), code) else "rb-send-input"


def _constantize(call: Node, code: RubyCode) -> str:
    origin = code.origin(call.child_by_field_name("receiver"))
    return "rb-constantize-input" if origin is Origin.REQUEST else ""


def _class_by_name(call: Node, code: RubyCode) -> str:
    receiver = text(call.child_by_field_name("receiver"))
    is_class = receiver in {"Object", "Kernel", "Module"}
    return _from_request("rb-constantize-input")(call, code) if is_class else ""


def _command(call: Node, code: RubyCode) -> str:
    receiver = text(call.child_by_field_name("receiver"))
    if receiver not in {"", "Kernel", "Open3", "IO", "Process", "PTY", "POSIX::Spawn"}:
        return ""
    if receiver == "" and method_name(call) not in {"system", "exec", "spawn"}:
        return ""
    plain = [one for one in code.arguments(call) if one.type not in {"pair", "hash"}]
    if len(plain) != 1 or plain[0].type == "array":
        return ""
    return _composed_command(plain[0], code)


def _composed_command(node: Node, code: RubyCode) -> str:
    origin = code.origin(node)
    if origin is not Origin.REQUEST and not _is_composed(node, code):
        return ""
    return graded(origin, "rb-command-input", "rb-command", "rb-command-unclear")


def _unpack(call: Node, code: RubyCode) -> str:
    receiver, first = text(call.child_by_field_name("receiver")), _first(call, code)
    if first is None or receiver not in {"YAML", "Psych", "Marshal", "Oj", "::Marshal", "::YAML"}:
        return ""
    if receiver == "Oj" and "compat" in text(call):
        return ""
    origin = code.origin(first)
    if origin is Origin.REQUEST:
        return "rb-unpack-input"
    is_copy = first.type == "call" and text(first.child_by_field_name("receiver")) == "Marshal"
    is_stored = re.search(r"\b(File|IO|read|dump|cache)\b", text(first)) is not None
    return "rb-unpack" if "Marshal" in receiver and origin is not Origin.FIXED and not is_copy and not is_stored else ""


def _html_safe(call: Node, code: RubyCode) -> str:
    receiver = call.child_by_field_name("receiver")
    return _unescaped(receiver, code) if receiver is not None else ""


def _raw(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    return _unescaped(first, code) if first is not None and call.child_by_field_name("receiver") is None else ""


def _unescaped(node: Node, code: RubyCode) -> str:
    origin = code.origin(node)
    if origin is Origin.FIXED or _UNESCAPED_SAFELY.search(text(node)):
        return ""
    return "rb-html-input" if origin is Origin.REQUEST else "rb-html"


def _link(call: Node, code: RubyCode) -> str:
    arguments = code.arguments(call)
    if len(arguments) < 2 or arguments[1].type not in {"element_reference", "identifier", "call", "binary"}:  # noqa: PLR2004  text and address
        return ""
    return "rb-link-input" if re.match(r"params\b(\[|\.fetch|\.dig|\.require)", text(arguments[1])) else ""


def _permit_all(call: Node, _code: RubyCode) -> str:
    if "param" not in text(call.child_by_field_name("receiver")):
        return ""
    outer = call.parent
    while outer is not None and outer.type in {"call", "argument_list", "hash", "pair", "hash_splat_argument"}:
        if re.search(r"redirect_to|url_for|link_to|_(path|url)$", method_name(outer)):
            return ""  # an address made of the page's own, no record
        outer = outer.parent
    return "rb-permit-all"


def _unsafe_hash(call: Node, _code: RubyCode) -> str:
    """Only where it goes straight into a record."""
    if "param" not in text(call.child_by_field_name("receiver")) or call.parent is None:
        return ""
    taker = call.parent.parent
    names = {"new", "create", "create!", "update", "update!", "assign_attributes", "update_attributes", "build"}
    is_taken = call.parent.type == "argument_list" and taker is not None and method_name(taker) in names
    return "rb-permit-all" if is_taken else ""


def _redirect(call: Node, code: RubyCode) -> str:
    first = _first(call, code)
    if first is None or first.type in {"hash", "simple_symbol"} or _begins_with_text(first, code):
        return ""
    if re.search(r"only_path|merge|permit|url_for|url_from|allow_other_host: false", text(call)):
        return ""
    if re.search(r"(?i)header|refer", text(first)):
        return ""  # a visitor's browser writes these, no link does
    return "rb-redirect-input" if code.origin(first) is Origin.REQUEST else ""


def _begins_with_text(node: Node, code: RubyCode) -> bool:
    """`"/posts/#{…}"` stays on the site, whatever follows; so does an address that the code itself begins."""
    left = node
    while left.type == "binary" and (inner := left.child_by_field_name("left")) is not None:
        left = inner
    children = left.named_children
    if left.type != "string" or not children:
        return False
    if children[0].type == "interpolation":
        return code.origin(children[0]) is Origin.FIXED
    return text(children[0]) != "/"


def _forgery_skipped(call: Node, code: RubyCode) -> str:
    names = {text(argument) for argument in code.arguments(call)}
    if method_name(call) != "skip_forgery_protection" and ":verify_authenticity_token" not in names:
        return ""
    is_partial = any(code.option(call, word) for word in ("only", "if", "unless", "except"))
    is_partial = is_partial or _KEY_OF_MACHINES.search(text(code.root)) is not None
    return "rb-csrf-skipped-partly" if is_partial else "rb-csrf-skipped"


# What machines show instead of a session: the controller asks for it itself.
_KEY_OF_MACHINES = re.compile(
    r"(?i)(access|auth|api|bearer|secret|shared)_?(token|key)|with_http_(basic|token|digest)|hmac|signature|webhook|"
    r"check_(credential|enabled)|params\[:(secret|token|key)\]"
)


def _bare_skip(name: Node, code: RubyCode) -> str:
    """Without arguments it is a name alone to the parser."""
    if name.parent is None or name.parent.type not in {"body_statement", "program"}:
        return ""
    return "rb-csrf-skipped-partly" if _KEY_OF_MACHINES.search(text(code.root)) else "rb-csrf-skipped"


def _application_controller(node: Node, _code: RubyCode) -> str:
    name = text(node.child_by_field_name("name"))
    parent = text(node.child_by_field_name("superclass")).lstrip("< ")
    if name != "ApplicationController" or parent != "ActionController::Base":
        return ""
    is_named = re.search(r"^[^#\n]*(protect_from_forgery|skip_forgery_protection)", text(node), re.MULTILINE)
    return "" if is_named else "rb-csrf-missing"


def _render(call: Node, code: RubyCode) -> str:
    inline = code.option(call, "inline")
    if inline is not None:
        origin = code.origin(inline)
        return graded(origin, "rb-render-input", "rb-render-inline", "rb-render-inline")
    named = next((value for name in ("file", "template") if (value := code.option(call, name))), _first(call, code))
    if named is None or named.type not in {"element_reference", "identifier", "string", "call"}:
        return ""
    return "rb-render-input" if code.origin(named) is Origin.REQUEST and not _begins_with_folder(named) else ""


def _begins_with_folder(node: Node) -> bool:
    children = node.named_children
    return node.type == "string" and bool(children) and "/" in text(children[0])


def _template(call: Node, code: RubyCode) -> str:
    is_erb = text(call.child_by_field_name("receiver")) in {"ERB", "Erubi::Engine", "Liquid::Template", "Haml::Engine"}
    return _from_request("rb-render-input")(call, code) if is_erb else ""


_FETCHERS = {"HTTParty", "RestClient", "Faraday", "Net::HTTP", "Typhoeus", "Excon", "HTTP", "Down", "URI", "Mechanize"}


def _fetch(call: Node, code: RubyCode) -> str:
    if text(call.child_by_field_name("receiver")) not in _FETCHERS:
        return ""
    first = _first(call, code)
    while first is not None and method_name(first) in {"URI", "parse"}:
        first = _first(first, code)
    if first is None or _begins_with_text(first, code):
        return ""
    return "rb-fetch-input" if code.origin(first) is Origin.REQUEST else ""


def _open(call: Node, code: RubyCode) -> str:
    receiver = text(call.child_by_field_name("receiver"))
    if receiver == "URI":
        return _fetch(call, code)
    if receiver not in {"", "File", "IO", "Pathname", "FileUtils", "Dir", "Kernel"}:
        return ""
    return _named_file(call, code)


def _named_file(call: Node, code: RubyCode) -> str:
    if method_name(call) in {"delete", "read", "write", "open", "rm", "readlines", "binread", "rm_rf", "mv", "cp"}:
        is_file = text(call.child_by_field_name("receiver")) in {"File", "IO", "FileUtils", "Dir", "Pathname"}
        if not is_file and method_name(call) != "open":
            return ""
    return _from_request("rb-path-input")(call, code)


def _digest(call: Node, code: RubyCode) -> str:
    receiver = text(call.child_by_field_name("receiver"))
    if not re.match(r"(OpenSSL::)?(Digest::)(MD5|SHA\d+|SHA2)(\.new)?$", receiver):
        return ""
    method = enclosing(call, "method", "singleton_method")
    named = text(method.child_by_field_name("name")) if method is not None else ""
    holder = call.parent
    assigned = text(holder.child_by_field_name("left")) if holder is not None and holder.type == "assignment" else ""
    about = " ".join((*(text(one) for one in code.arguments(call)), assigned))
    compares = _PASSWORD.search(named) and re.search(r"hash|encrypt|digest", named)
    return "rb-password-digest" if _PASSWORD.search(about) or compares else ""


_SETTINGS = (
    (r"\.force_ssl$", "false", "rb-no-forced-tls"),
    (r"consider_all_requests_local$", "true", "rb-errors-shown"),
    (r"allow_forgery_protection$", "false", "rb-csrf-off"),
    (r"(verify_mode|verify_ssl)$", "false", "rb-tls-off"),
)
_KEY = re.compile(r"['\"][0-9A-Za-z+/=_-]{20,}['\"]")


def _setting(node: Node, _code: RubyCode) -> str:
    """`config.x = literal`."""
    left, value = text(node.child_by_field_name("left")), text(node.child_by_field_name("right"))
    for name, bad, rule in _SETTINGS:
        if re.search(name, left):
            return rule if value == bad else ""
    is_own = re.search(r"\.(secret_key_base|secret_token|session_secret)$", left) is not None
    is_devise = re.search(r"\.(secret_key|pepper)$", left) is not None and _is_within(node, "Devise")
    return "rb-key-in-code" if (is_own or is_devise) and _KEY.fullmatch(value) else ""


def _is_within(node: Node, name: str) -> bool:
    """Whether it stands in the block of `Name.setup do |config|`."""
    block = enclosing(node, "do_block", "block")
    return block is not None and text(block.parent).startswith(name)


def _session_secret(call: Node, code: RubyCode) -> str:
    secret = code.option(call, "secret")
    is_literal = secret is not None and secret.type == "string" and not _is_composed(secret, code)
    return "rb-key-in-code" if is_literal and "Session" in text(call) else ""


def _no_verification(node: Node, _code: RubyCode) -> str:
    """Where a condition chooses, somebody has thought about it."""
    chosen = enclosing(node, "conditional", "if", "unless", "if_modifier", "unless_modifier", "case")
    if chosen is not None and "VERIFY_PEER" in text(chosen):
        return ""
    asked = text(chosen.child_by_field_name("condition")) if chosen is not None else ""
    return "" if re.search(r"(?i)verif|ssl|cert|check|force|insecure|tls|peer", asked) else "rb-tls-off"


def _option_off(node: Node, _code: RubyCode) -> str:
    key = text(node.child_by_field_name("key")).strip(':"')
    return "rb-tls-off" if key in {"verify_ssl", "ssl_verify", "verify"} and _is_about_tls(node, key) else ""


def _is_about_tls(node: Node, key: str) -> bool:
    if key != "verify":
        return True
    around = enclosing(node, "call")
    return around is not None and re.search(r"(?i)ssl|HTTParty|Faraday|HTTP", text(around)) is not None


def _random(call: Node, _code: RubyCode) -> str:
    receiver = text(call.child_by_field_name("receiver"))
    if receiver not in {"", "Random", "Kernel", "Array", "Random.new"} and method_name(call) == "rand":
        return ""
    above = call.parent
    while above is not None and above.type not in {"method", "assignment", "singleton_method", "class", "pair"}:
        above = above.parent
    if above is None:
        return ""
    field = {"assignment": "left", "pair": "key"}.get(above.type, "name")
    name = text(above.child_by_field_name(field)).split(".")[-1]
    return "rb-guessable-token" if _TOKEN.search(name) else ""


def _null_session(call: Node, code: RubyCode) -> str:
    partly = any(code.option(call, word) for word in ("only", "if", "unless", "except"))
    return "rb-csrf-skipped-partly" if text(code.option(call, "with")) == ":null_session" and partly else ""


def _password_in_code(call: Node, code: RubyCode) -> str:
    password = code.option(call, "password")
    return "rb-password-in-code" if password is not None and plain_text(password) else ""


def plain_text(node: Node) -> str:
    """What a text without variable parts says, "" for anything else."""
    return "".join(map(text, node.named_children)) if node.type == "string" and _is_plain(node) else ""


def _is_plain(node: Node) -> bool:
    return all(child.type in {"string_content", "escape_sequence"} for child in node.named_children)


def _token_decoded(call: Node, code: RubyCode) -> str:
    """`JWT.decode(token, key, false)` believes whatever the token says."""
    given = code.arguments(call)
    is_unverified = len(given) > 2 and given[2].type == "false"  # noqa: PLR2004  token, key, whether to verify
    return "rb-token-unverified" if is_unverified and text(call.child_by_field_name("receiver")) == "JWT" else ""


_CONDITIONS = (
    *("where", "find_by_sql", "count_by_sql", "having", "joins", "group", "pluck", "select", "from", "sql"),
    *("update_all", "delete_all", "destroy_all", "exists?", "rewhere", "lock", "find_by", "find_by!", "not"),
)
_STATEMENTS = (
    *("execute", "exec_query", "select_all", "select_value", "select_values", "select_rows", "select_one"),
    *("exec_update", "exec_delete", "exec_insert", "query", "exec_params"),
)
RULES: Sequence[RubyRule] = (
    Rule(_calls(*_CONDITIONS), _condition),
    Rule(_calls(*_STATEMENTS), _statement),
    Rule(_calls("order", "reorder", "order!"), _order),
    Rule(_calls("eval", "instance_eval", "class_eval", "module_eval"), _eval),
    Rule(_calls("send", "public_send", "__send__", "try"), _send),
    Rule(_calls("constantize", "safe_constantize"), _constantize),
    Rule(_calls("const_get"), _class_by_name),
    Rule(
        _calls("system", "exec", "spawn", "popen", "capture2", "capture2e", "capture3", "popen2", "popen2e", "popen3"),
        _command,
    ),
    Rule("(subshell) @it", _composed_command),
    Rule(_calls("load", "unsafe_load", "load_documents", "load_stream", "restore"), _unpack),
    Rule(_calls("html_safe"), _html_safe),
    Rule(_calls("raw"), _raw),
    Rule(_calls("link_to"), _link),
    Rule(_calls("permit!"), _permit_all),
    Rule(_calls("to_unsafe_h", "to_unsafe_hash"), _unsafe_hash),
    Rule(_calls("redirect_to"), _redirect),
    Rule(_calls("skip_before_action", "skip_before_filter", "skip_forgery_protection"), _forgery_skipped),
    Rule('((identifier) @it (#eq? @it "skip_forgery_protection"))', _bare_skip),
    Rule(_calls("protect_from_forgery"), _null_session),
    Rule("(class) @it", _application_controller),
    Rule(_calls("render", "render_to_string"), _render),
    Rule('((call receiver: (_) method: (_) @_m) @it (#any-of? @_m "new" "parse"))', _template),
    Rule(
        _calls("get", "post", "put", "head", "get_response", "fetch", "download"),
        _fetch,
    ),
    Rule(
        _calls("open", "read", "readlines", "binread", "delete", "write", "send_file", "rm", "rm_rf", "mv", "cp"),
        _open,
    ),
    Rule(_calls("hexdigest", "digest", "base64digest"), _digest),
    Rule("(assignment left: (call)) @it", _setting),
    Rule(_calls("use", "session_store"), _session_secret),
    Rule('((scope_resolution name: (constant) @_n) @it (#eq? @_n "VERIFY_NONE"))', _no_verification),
    Rule("(pair value: (false)) @it", _option_off),
    Rule(_calls("rand", "sample"), _random),
    Rule(_calls("http_basic_authenticate_with"), _password_in_code),
    Rule(_calls("decode"), _token_decoded),
)  # fmt: skip
