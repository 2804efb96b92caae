"""Bandit's own rules, run on nodes that somebody else walks: its findings without its bookkeeping.

Bandit builds a context for every node and copies it for every rule. Its rules look at eight kinds of nodes only, and
none of them changes the context, so here it is built once, for those kinds. Which rules run, in which order, and what
they say is bandit's; the parity test compares with the command, finding by finding.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from bandit.core import blacklisting, utils
from bandit.core import issue as bandit_issue
from bandit.core.config import BanditConfig
from bandit.core.manager import BanditManager, _parse_nosec_comment
from bandit.plugins.trojansource import BIDI_CHARACTERS

from clientdesk.adapters.analysers.bandit_context import Imports, NotedContext

Nosec: TypeAlias = Mapping[int, set[str] | None]
# Bandit has no types: its rules and contexts are Any up to `Hit`.
Rule: TypeAlias = Callable[..., Any]
Rules: TypeAlias = Mapping[str, Sequence[Rule]]

# Bandit wants a name with a folder in it; its default rules do not look at which.
_FILE_NAME = "./module.py"
_DYNAMIC_IMPORTS = frozenset({"__import__", "importlib.import_module", "importlib.__import__"})


class Hit(NamedTuple):
    """One finding. `lines` is how many lines bandit shows of it, `line` where it begins."""

    line: int
    lines: int
    test_id: str
    test_name: str
    severity: str
    confidence: str
    text: str
    cwe: int
    suppressed: bool


@cache
def default_rules() -> Rules:
    """By the kind of node they look at; no configuration file is read."""
    rules: Rules = BanditManager(BanditConfig(), "file").b_ts.tests
    return {**rules, "PlainCall": [rule for rule in rules["Call"] if rule is not blacklisting.blacklist]}


def _dangerous() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = blacklisting.blacklist._config  # noqa: SLF001  set by bandit
    return lists


@cache
def _listed_calls() -> frozenset[str]:
    """The names of calls that bandit's list of dangerous ones (B3xx) knows."""
    return frozenset(name for entry in _dangerous()["Call"] for name in entry["qualnames"])


def nosec_lines(data: bytes) -> Nosec:
    """Lines with a comment: None for a plain one, for `# nosec` the rules it names, the empty set for all rules."""
    found: dict[int, set[str] | None] = {}
    if b"nosec" not in data:
        return found
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = _parse_nosec_comment(token.string)
    except tokenize.TokenError:
        pass  # bandit keeps the comments read so far
    return found


@dataclass(slots=True)
class BanditRules:
    """The rules at work on one file. `broken` names rules that crashed, with the line."""

    data: bytes
    nosec: Nosec
    hits: list[Hit] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _rules: Rules = field(default_factory=default_rules)
    _imports: Imports = field(default_factory=Imports)
    _aliases: dict[str, str] = field(default_factory=dict)
    _unsettled: dict[tuple[str, str, int, bool], Sequence[Rule]] = field(default_factory=dict)

    def visitors(self) -> dict[type, Callable[[Any], None]]:
        """What to call for which nodes, before their children and once they know their parent."""
        own: dict[type, Callable[[Any], None]] = {
            ast.Call: self._call,
            ast.Constant: self._constant,
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.FunctionDef: self._function,
        }
        kinds = set(self._rules) - {"Call", "PlainCall", "Str", "Bytes", "Import", "ImportFrom", "FunctionDef", "File"}
        return own | {getattr(ast, kind): self._other for kind in kinds}

    def look_at_file(self, text: str) -> None:
        """The rules about the whole file; call it last."""
        if any(character in text for character in BIDI_CHARACTERS):
            self._run(self._rules["File"], {"lineno": 0, "linerange": [0, 1], "col_offset": 0})

    def _other(self, node: ast.AST) -> None:
        self._run(self._rules[type(node).__name__], self._facts(node))

    def _call(self, node: ast.Call) -> None:
        qualname = self._name_called(node)
        is_listed = qualname in _listed_calls() or qualname in _DYNAMIC_IMPORTS
        is_import = isinstance(node.func, ast.Name) and node.func.id == "__import__"
        kind = "Call" if is_listed or is_import else "PlainCall"
        key = (kind, qualname, len(node.args), not node.keywords)
        known = self._unsettled.get(key)
        rules = self._rules[kind] if known is None else known
        if not rules:
            return
        facts = self._facts(node)
        facts.update(call=node, qualname=qualname, name=qualname.split(".")[-1])
        unsettled = self._run(rules, facts)
        if known is None:
            self._unsettled[key] = unsettled

    def _name_called(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Name):
            return self._aliases.get(node.func.id, node.func.id)
        name: str = utils.get_call_name(node, self._aliases)
        return name

    def _function(self, node: ast.FunctionDef) -> None:
        facts = self._facts(node)
        facts.update(function=node, qualname=node.name, name=node.name)
        self._run(self._rules["FunctionDef"], facts)

    def _constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str | bytes):
            return
        kind, key = ("Str", "str") if isinstance(node.value, str) else ("Bytes", "bytes")
        parent = node._bandit_parent  # type: ignore[attr-defined]  # noqa: SLF001  set by the walk
        if not (rules := self._rules.get(kind)) or isinstance(parent, ast.Expr):
            return
        facts = self._facts(node)
        facts[key] = node.value
        facts["linerange"] = _lines_seen_before(parent)
        self._run(rules, facts)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        facts = self._facts(node)
        for alias in node.names:
            if alias.asname:
                self._aliases[alias.asname] = alias.name
            self._add_import(alias.name)
            facts["module"] = alias.name
        self._run(self._rules["Import"], facts)

    def _import_from(self, node: ast.ImportFrom) -> None:
        if node.module is None:
            self._import(node)
            return
        facts = self._facts(node)
        for alias in node.names:
            self._aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            self._add_import(f"{node.module}.{alias.name}")
            facts.update(module=node.module, name=alias.name)
        self._run(self._rules["ImportFrom"], facts)

    def _add_import(self, name: str) -> None:
        self._imports.add(name)
        self._unsettled.clear()

    def _facts(self, node: Any) -> dict[str, Any]:  # noqa: ANN401  any kind of node
        return {
            "imports": self._imports.names,
            "import_aliases": self._aliases,
            "node": node,
            "lineno": node.lineno,
            "col_offset": node.col_offset,
            "end_col_offset": node.end_col_offset,
            "linerange": utils.linerange(node),
        }

    def _run(self, rules: Sequence[Rule], facts: dict[str, Any]) -> Sequence[Rule]:
        """Returns the rules which said something, or looked at more than names: only these may say something else of
        the next call of that name."""
        facts.update(filename=_FILE_NAME, file_data=io.BytesIO(self.data) if "node" not in facts else None)
        context = NotedContext(facts, self._imports)
        unsettled = []
        for rule in rules:
            context.was_read = False
            try:
                found = rule(context, rule._config) if hasattr(rule, "_config") else rule(context)  # noqa: SLF001
            except Exception as error:  # noqa: BLE001  costs this rule on this line, as in bandit, and is reported
                self.broken.append(f"{rule.__name__} at line {facts['lineno']}: {type(error).__name__}")
                unsettled.append(rule)
                continue
            if found is not None:
                self.hits.append(self._hit(rule, found, facts))
            if found is not None or context.was_read:
                unsettled.append(rule)
        return unsettled

    def _hit(self, rule: Rule, found: bandit_issue.Issue, facts: Mapping[str, Any]) -> Hit:
        skipped = self._skipped(found.lineno, facts["linerange"])
        test_id = found.test_id or rule._test_id  # type: ignore[attr-defined]  # noqa: SLF001  bandit marks its rules
        return Hit(
            line=facts["lineno"] if found.lineno is None else found.lineno,
            lines=len(found.linerange or facts["linerange"]),
            test_id=test_id,
            test_name=rule.__name__,
            severity=found.severity,
            confidence=found.confidence,
            text=found.text,
            cwe=int(found.cwe.id),
            suppressed=skipped is not None and (not skipped or test_id in skipped),
        )

    def _skipped(self, line: int | None, lines: Sequence[int]) -> set[str] | None:
        """What `# nosec` hides here: None for nothing, the empty set for everything."""
        if not self.nosec:
            return None
        of_line = self.nosec.get(line) if line is not None else None
        of_lines = next((tests for tests in map(self.nosec.get, lines) if tests is not None), None)
        given = [tests for tests in (of_line, of_lines) if tests is not None]
        return set().union(*given) if given else None


def _lines_seen_before(node: ast.AST) -> Sequence[int]:
    """Bandit's lines of a node it has visited: for nodes without a line its second answer differs from the first."""
    if not hasattr(node, "lineno") and not hasattr(node, "_bandit_linerange_stripped"):
        utils.linerange(node)
    lines: Sequence[int] = utils.linerange(node)
    return lines
