"""Which rules are held against which kind of file, and which facts are gathered from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tree_sitter import Node

from clientdesk.adapters.analysers.rules import page_rules, ruby_data, ruby_rules, script_data, script_rules
from clientdesk.adapters.analysers.rules.engine import broken
from clientdesk.adapters.analysers.rules.ruby_code import RubyCode
from clientdesk.adapters.analysers.rules.script_code import ScriptCode

_SCRIPT = (*script_rules.RULES, *page_rules.RULES)
_SCRIPT_WITH_PAGES = (*_SCRIPT, *page_rules.JSX_RULES)


def _ruby(root: Node) -> list[list[object]]:
    return broken("ruby", ruby_rules.RULES, RubyCode(root))


def _script(kind: str, *, has_jsx: bool) -> Callable[[Node], list[list[object]]]:
    rules = _SCRIPT_WITH_PAGES if has_jsx else _SCRIPT
    return lambda root: broken(kind, rules, ScriptCode(root, kind))


_JUDGES: Mapping[str, Callable[[Node], list[list[object]]]] = {
    "ruby": _ruby,
    "javascript": _script("javascript", has_jsx=True),
    "typescript": _script("typescript", has_jsx=False),
    "tsx": _script("tsx", has_jsx=True),
}


def issues(kind: str, root: Node) -> list[list[object]]:
    """Rule, first and last line of each place that breaks one; nothing for kinds without rules."""
    judge = _JUDGES.get(kind)
    return judge(root) if judge is not None else []


def facts(kind: str, root: Node) -> dict[str, list[list[object]]]:
    """What the code does with records and packages: see `audit.data_facts`."""
    if kind == "ruby":
        return ruby_data.facts(root)
    return script_data.facts(kind, root) if kind in _JUDGES else {}
