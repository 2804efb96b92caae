"""What breaks a rule in JavaScript and TypeScript on the server. What each means stands in `audit/code_rules.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tree_sitter import Node

from clientdesk.adapters.analysers.rules.engine import Rule
from clientdesk.adapters.analysers.rules.origin import Origin, graded
from clientdesk.adapters.analysers.rules.script_code import (
    ScriptCode,
    arguments,
    callee,
    enclosing,
    last_name,
    option,
    plain,
    text,
)

ScriptRule = Rule[ScriptCode]
_SQL = re.compile(
    r"(?i)\b(select\s(?:(?!\bselect\s)[\s\S])*?\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|drop\s+(table|database)|"
    r"truncate\s+table|alter\s+table|create\s+(table|database|schema|role|user)|where\s+\S+\s*(=|<|>|in\b|like\b)|order\s+by\s)"
)
_SQL_CONDITION = re.compile(
    r"(?i)(?<![\w\"`])[\w\"`]++(?:\.[\w\"`]*+)?\s*+(=|<>|!=|<|>|\bi?like\b|\bin\b)\s*+['\"(%]?\s*+$|order by"
)


def _calls(*names: str) -> str:
    words = " ".join(f'"{name}"' for name in names)
    return f"""
    ((call_expression function: (identifier) @_f) @it (#any-of? @_f {words}))
    ((call_expression function: (member_expression property: (property_identifier) @_f)) @it (#any-of? @_f {words}))
    """


def _first(call: Node) -> Node | None:
    return next(iter(arguments(call)), None)


def is_composed(node: Node) -> bool:
    """Whether it is a text with variable parts in it, and not a variable alone."""
    if node.type == "template_string":
        return any(child.type == "template_substitution" for child in node.named_children)
    if node.type == "binary_expression":
        return text(node.child_by_field_name("operator")) == "+" and any(
            child.type in {"string", "template_string"} or is_composed(child) for child in node.named_children
        )
    return node.type == "parenthesized_expression" and is_composed(node.named_children[0])


def _composed_value(node: Node | None, code: ScriptCode) -> Node | None:
    """The node itself if it is a composed text, or the one composed text that a name was given."""
    if node is None or is_composed(node):
        return node
    if node.type == "identifier":
        value = code.value_of(node)
        return value if value is not None and is_composed(value) else None
    return None


def written_part(node: Node) -> str:
    if node.type in {"string_fragment", "escape_sequence"}:
        return text(node)
    return " ".join(written_part(child) for child in node.named_children if child.type != "template_substitution")


def _first_from_request(name: str, *, place: int = 0) -> Callable[[Node, ScriptCode], str]:
    def judge(call: Node, code: ScriptCode) -> str:
        given = arguments(call)
        return name if len(given) > place and code.origin(given[place]) is Origin.REQUEST else ""

    return judge


def _eval(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    if first is None or callee(call) not in {"eval", "window.eval", "global.eval", "globalThis.eval"}:
        return ""
    return _executed(first, code)


def _executed(node: Node, code: ScriptCode) -> str:
    origin = code.origin(node)
    return graded(origin, "js-eval-input", "js-eval", "js-eval")


def _new_function(node: Node, code: ScriptCode) -> str:
    given = arguments(node)
    return _executed(given[-1], code) if given else ""


def _timer(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    return _executed(first, code) if first is not None and is_composed(first) else ""


def _in_context(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    if first is None or not code.mentions("'vm'", '"vm"', "node:vm", "vm2"):
        return ""
    return "js-eval-input" if code.origin(first) is Origin.REQUEST else ""


def _command(call: Node, code: ScriptCode) -> str:
    first, name = _first(call), callee(call)
    owner = name.rpartition(".")[0]
    if first is None or not code.mentions("child_process", "shelljs", "execa"):
        return ""
    if owner and not re.search(r"(?i)child_?process|^cp$|shell|^sh$|proc$", owner):
        return ""
    if last_name(call) in {"spawn", "spawnSync", "execFile", "execFileSync"} and not _has_shell(call):
        return ""
    composed = _composed_value(first, code)
    origin = code.origin(first)
    if origin is not Origin.REQUEST and composed is None:
        return ""
    return graded(origin, "js-command-input", "js-command", "js-command-unclear")


def _has_shell(call: Node) -> bool:
    return any(text(option(one, "shell")) == "true" for one in arguments(call))


def _sql(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    if first is not None and first.type == "object":
        first = option(first, "text") or option(first, "sql") or option(first, "query")
    value = _composed_value(first, code)
    if first is None or value is None:
        return ""
    written = written_part(value)
    is_condition = last_name(call) in _SQL_CONDITIONS and any(
        _SQL_CONDITION.search(part) for part in _parts_before_values(value)
    )
    is_piece = last_name(call).endswith("Raw") and code.origin(value) is Origin.REQUEST
    if not _SQL.search(written) and not is_condition and not is_piece:
        return ""
    return graded(code.origin(value), "js-sql-input", "js-sql", "js-sql-unclear")


def _parts_before_values(node: Node) -> list[str]:
    if node.type == "template_string":
        return [text(child) for child in node.named_children if child.type == "string_fragment"]
    return [written_part(child) for child in node.named_children]


def _token_verified(call: Node, code: ScriptCode) -> str:
    if not code.mentions("jsonwebtoken", "express-jwt", "jose"):
        return ""
    given = arguments(call)
    settings = given[2] if len(given) > 2 else None  # noqa: PLR2004  token, key, settings
    if re.search(r"['\"]none['\"]", text(option(settings, "algorithms"))):
        return "js-token-unsigned"
    return ""


def _token_signed(call: Node, code: ScriptCode) -> str:
    given = arguments(call)
    is_library = re.fullmatch(r"(jwt|jsonwebtoken|JWT)\.sign|sign", callee(call)) is not None
    if len(given) < 2 or not is_library or not code.mentions("jsonwebtoken"):  # noqa: PLR2004  content and key
        return ""
    return "js-key-in-code" if plain(given[1]) or plain(code.value_of(given[1])) else ""


def _token_decoded(call: Node, code: ScriptCode) -> str:
    is_library = re.fullmatch(r"(jwt|jsonwebtoken|JWT)\.decode", callee(call)) is not None
    if "complete" in text(call) or not code.mentions("jsonwebtoken"):
        return ""  # its head is read to choose the key
    if not is_library or code.mentions("verify("):
        return ""
    return "js-token-decoded"


def _session(call: Node, code: ScriptCode) -> str:
    if not code.mentions("express-session", "cookie-session", "koa-session", "@fastify/session"):
        return ""
    secret = option(_first(call), "secret")
    value = plain(secret) or plain(code.value_of(secret) if secret is not None else None)
    return "js-key-in-code" if value else ""


def _cookie_settings(call: Node, _code: ScriptCode) -> str:
    """Only where they are written as off: a default is the library's affair."""
    settings = option(_first(call), "cookie") if last_name(call) in {"session", "cookieSession"} else None
    if last_name(call) == "cookie":
        name = plain(_first(call))
        settings = arguments(call)[-1] if re.search(r"(?i)sess|token|auth|sid$", name) else None
    return "js-cookie-open" if text(option(settings, "httpOnly")) == "false" else ""


def _tls_option(_node: Node, _code: ScriptCode) -> str:
    return "js-tls-off"


def _tls_environment(node: Node, _code: ScriptCode) -> str:
    value = text(node.child_by_field_name("right")).strip("'\"`")
    return "js-tls-off" if value in {"0", "false"} and "NODE_TLS_REJECT_UNAUTHORIZED" in text(node) else ""


def _cors(call: Node, code: ScriptCode) -> str:
    settings = _first(call)
    if settings is not None and settings.type == "identifier":
        settings = code.value_of(settings)
    is_open = plain(option(settings, "origin")) == "*" or text(option(settings, "origin")) == "true"
    is_open = is_open or _is_reflected(option(settings, "origin"))
    return "js-cors-credentials" if is_open and text(option(settings, "credentials")) == "true" else ""


def _is_reflected(origin: Node | None) -> bool:
    """`origin: (origin, callback) => callback(null, true)`, whatever the origin."""
    body = origin.child_by_field_name("body") if origin is not None and origin.type == "arrow_function" else None
    return re.fullmatch(r"\A\{?\s*(return )?\w+\(null, true\);?\s*\}?", text(body)) is not None


def _cors_header(call: Node, code: ScriptCode) -> str:
    given = arguments(call)
    if len(given) != 2 or plain(given[0]).lower() != "access-control-allow-origin":  # noqa: PLR2004  name and value
        return ""
    is_credentialed = code.mentions("Access-Control-Allow-Credentials", "access-control-allow-credentials")
    is_open = plain(given[1]) == "*" or re.search(
        r"(?i)(req|request)\.headers?(\.origin|\[.origin.\])|\('origin'\)", text(given[1])
    )
    return "js-cors-credentials" if is_credentialed and is_open else ""


def _redirect(call: Node, code: ScriptCode) -> str:
    given = [one for one in arguments(call) if one.type != "number"]
    if (
        not given
        or _begins_with_text(given[0], code)
        or not re.search(r"(?i)\b(res|response|reply|ctx|h|c)\b", callee(call))
    ):
        return ""
    value = text(given[0])
    if re.search(r"\b(req|request|ctx)\.(originalUrl|url|path)\b|[rR]efer", value):
        return ""
    return "js-redirect-input" if code.origin(given[0]) is Origin.REQUEST else ""


def _begins_with_text(node: Node, code: ScriptCode) -> bool:
    """`/posts/${…}` stays on the site, whatever follows; so does a base address that the code itself names."""
    left = node
    while left.type == "binary_expression" and (inner := left.child_by_field_name("left")) is not None:
        left = inner
    if left != node and left.type not in {"string", "template_string"}:
        return code.origin(left) is not Origin.REQUEST
    parts = left.named_children
    if left.type == "template_string" and parts and parts[0].type == "template_substitution":
        return code.origin(parts[0]) is Origin.FIXED
    written = text(parts[0]) if left.type in {"string", "template_string"} and parts else ""
    return re.sub(r"^(https?://|/)$", "", written) != ""


def _file(call: Node, code: ScriptCode) -> str:
    owner = callee(call).rpartition(".")[0]
    if owner and not re.search(r"(?i)(^|\.)(fs|fsp|fse|promises|path|res|response|reply)$", owner):
        return ""
    if not owner and not code.mentions("'fs", '"fs', "node:fs", "fs-extra"):
        return ""
    given = arguments(call)
    if _is_kept_inside(call):
        return ""
    if last_name(call) in {"sendFile", "download"} and (len(given) > 1 and option(given[1], "root") is not None):
        return ""
    if last_name(call) in {"join", "resolve"}:
        return _joined(call, given, code)
    return "js-path-input" if given and code.origin(given[0]) is Origin.REQUEST else ""


def _is_kept_inside(call: Node) -> bool:
    """Whether the function asks if the path begins with the folder it belongs to."""
    function = enclosing(call, "function_declaration", "function_expression", "arrow_function", "method_definition")
    return function is not None and ".startsWith(" in text(function)


def _joined(call: Node, given: Sequence[Node], code: ScriptCode) -> str:
    """A path is a fault where it is opened; here only where the file opens nothing that we see."""
    if callee(call).rpartition(".")[0] != "path" or not any(code.origin(one) is Origin.REQUEST for one in given):
        return ""
    if code.mentions(".startsWith("):
        return ""  # the folder is asked for where the path is opened, in another function of the file
    return "js-path-input"


def _fetch(call: Node, code: ScriptCode) -> str:
    first, name = _first(call), callee(call)
    if first is None or not re.fullmatch(
        r"fetch|axios|got|needle|superagent|request|nodeFetch|undici\.\w+|rp|(axios|got|needle|superagent|request|http|https|urllib)"
        r"\.(get|post|put|head|patch|request|delete)", name
    ):  # fmt: skip
        return ""
    if first.type == "object":
        first = option(first, "url") or option(first, "uri") or first
    if _is_browser(code) or _begins_with_text(first, code):
        return ""
    value = code.value_of(first) if first.type == "identifier" else None
    if value is not None and _begins_with_text(value, code):
        return ""
    return "js-fetch-input" if code.origin(first) is Origin.REQUEST else ""


def _is_browser(code: ScriptCode) -> bool:
    return code.mentions("window.", "document.", "from 'react'", 'from "react"')


def _reply(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    owner = callee(call).rpartition(".")[0]
    if first is None or not re.match(r"(res|response|reply)\b", owner):
        return ""
    if re.search(r"\.(json|type|contentType|set|setHeader|header)\(", owner):
        return ""
    is_page = is_composed(first) and "<" in written_part(first)
    return "js-reply-input" if is_page and code.origin(first) is Origin.REQUEST else ""


def _password_digest(call: Node, _code: ScriptCode) -> str:
    if plain(_first(call)).lower() not in {"md5", "sha1", "sha-1", "sha256", "sha512"}:
        return ""
    above = call
    for _ in range(6):
        if above.parent is None or above.parent.type in {"statement_block", "program", "arguments"}:
            break
        above = above.parent
    return (
        "js-password-digest"
        if re.search(r"update\([^()]*(passw(or)?d|passphrase|pwd)", text(above), re.IGNORECASE)
        else ""
    )


def _where_code(node: Node, code: ScriptCode) -> str:
    if text(node.child_by_field_name("key")).strip("'\"") != "$where":
        return ""
    value = node.child_by_field_name("value")
    return "js-where-code" if value is not None and code.origin(value) is not Origin.FIXED else ""


def _query_by_input(call: Node, code: ScriptCode) -> str:
    first = _first(call)
    if first is None or not re.search(r"\A[A-Z]|\Adb\b|[cC]ollection|[mM]odel", callee(call)):
        return ""
    is_whole = re.fullmatch(r"(req|request|ctx\.request)\.(body|query)", text(first)) is not None
    is_whole = is_whole or (_asks_for_secret(first, code) and not code.mentions(*_QUERIES_BY_TYPE))
    return "js-query-input" if is_whole else ""


_QUERIES_BY_TYPE = ("sequelize", "Sequelize", "typeorm", "prisma", "objection", "knex", "where:", "@InjectRepository")


def _asks_for_secret(first: Node, code: ScriptCode) -> bool:
    """`findOne({ password: req.body.password })`: sent as an object, the value matches any password."""
    pairs = [one for one in first.named_children if one.type == "pair"] if first.type == "object" else []
    return (
        any(
            re.fullmatch(r"(?i)password|passwd|pin|otp|(reset)?token|secret", text(pair.child_by_field_name("key")))
            and re.fullmatch(r"(req|request|ctx\.request)\.(body|query)\.\w+", text(pair.child_by_field_name("value")))
            for pair in pairs
        )
        and code.origin(first) is Origin.REQUEST
    )


def _listener(call: Node, _code: ScriptCode) -> str:
    """A listener to other windows that never asks who speaks."""
    given = arguments(call)
    if len(given) < 2 or plain(given[0]) != "message" or callee(call) not in _OF_WINDOWS:  # noqa: PLR2004
        return ""
    is_function = given[1].type in {"arrow_function", "function_expression", "function"}
    asks = re.search(r"\b(origin|source|isTrusted)\b", text(given[1])) is not None
    return "js-message-unchecked" if is_function and not asks else ""


_OF_WINDOWS = {"window.addEventListener", "globalThis.addEventListener"}


def _merge(call: Node, code: ScriptCode) -> str:
    name, given = callee(call), arguments(call)
    is_deep = re.fullmatch(
        r"(_|lodash)\.(merge|mergeWith|defaultsDeep|set|setWith)|merge|deepmerge|deepMerge|defaultsDeep|extend", name
    )
    is_jquery = re.fullmatch(r"(\$|jQuery)\.extend", name) is not None
    if not (is_deep or is_jquery) or (name.endswith("extend") and text(_first(call)) != "true"):
        return ""
    return "js-merge-input" if any(code.origin(one) is Origin.REQUEST for one in given[1:]) else ""


_SQL_CONDITIONS = (
    *("where", "andWhere", "orWhere", "having", "andHaving", "whereRaw", "orWhereRaw", "andWhereRaw", "havingRaw"),
    *("orderByRaw", "joinRaw", "fromRaw", "groupByRaw"),
)
_QUERIES = (
    *("query", "execute", "raw", "literal", "unsafe", "$queryRawUnsafe", "$executeRawUnsafe", "exec", "all", "run"),
    *(
        "prepare",
        "each",
        "any",
        "one",
        "none",
        "many",
        "oneOrNone",
        "manyOrNone",
        "executeSql",
        "exec",
        *_SQL_CONDITIONS,
    ),
)
RULES: Sequence[ScriptRule] = (
    Rule(_calls("eval"), _eval),
    Rule('((new_expression constructor: (identifier) @_f) @it (#eq? @_f "Function"))', _new_function),
    Rule(_calls("setTimeout", "setInterval"), _timer),
    Rule(_calls("runInNewContext", "runInThisContext", "runInContext", "compileFunction"), _in_context),
    Rule(_calls("exec", "execSync", "spawn", "spawnSync", "execCommand"), _command),
    Rule(_calls(*dict.fromkeys(_QUERIES)), _sql),
    Rule(_calls("verify"), _token_verified),
    Rule(_calls("sign"), _token_signed),
    Rule(_calls("decode"), _token_decoded),
    Rule(_calls("session", "cookieSession"), _session),
    Rule(_calls("session", "cookieSession", "cookie"), _cookie_settings),
    Rule(
        '((pair key: (property_identifier) @_k value: (false)) @it (#any-of? @_k "rejectUnauthorized" "strictSSL"))',
        _tls_option,
    ),
    Rule("(assignment_expression left: [(member_expression) (subscript_expression)] right: (_)) @it", _tls_environment),
    Rule(_calls("cors", "enableCors"), _cors),
    Rule(_calls("header", "setHeader", "set"), _cors_header),
    Rule(_calls("redirect"), _redirect),
    Rule(
        _calls(
            *("readFile", "readFileSync", "createReadStream", "writeFile", "writeFileSync", "createWriteStream"),
            *("unlink", "unlinkSync", "sendFile", "download", "sendfile", "appendFile", "rm", "rmSync", "readdir"),
            *("join", "resolve"),
        ),
        _file,
    ),
    Rule(
        _calls(
            *("fetch", "axios", "got", "needle", "superagent", "request", "get", "post", "put", "head", "nodeFetch")
        ),
        _fetch,
    ),
    Rule(_calls("send", "write", "end"), _reply),
    Rule(_calls("createHash"), _password_digest),
    Rule("(pair) @it", _where_code),
    Rule(
        _calls("find", "findOne", "findOneAndUpdate", "updateOne", "deleteOne", "deleteMany", "count"), _query_by_input
    ),
    Rule(_calls("merge", "mergeWith", "defaultsDeep", "extend", "deepmerge", "deepMerge"), _merge),
    Rule(_calls("unserialize", "deserialize"), _first_from_request("js-unpack-input")),
    Rule(_calls("addEventListener"), _listener),
)
