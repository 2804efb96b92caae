"""The report on the rules that Ruby, JavaScript and TypeScript break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientdesk.adapters.analysers.blob_pass import Blobs
from clientdesk.adapters.analysers.languages import RULES
from clientdesk.adapters.analysers.other_files import TEMPLATE, kind_of, rows, rules
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.code_rules import CODE_RULES, EXAMINED_LANGUAGES, QUOTES_SECRETS
from clientdesk.audit.repository import SecurityIssue, SecurityReport, UnreadFile

_SHOWN_CHARACTERS = 300
_SHOWN_LINES = 3


def security(repository: Blobs, found: Mapping[str, Result]) -> SecurityReport:
    """Reads the files with findings once more, for the lines to show."""
    suspects: list[str] = []
    unread: list[UnreadFile] = []
    read = 0
    for path, result in found.items():
        if _is_examined(path):
            suspects += [path] if result.get("issues") else []
            unread += [UnreadFile(path, str(result[key])) for key in ("unread", "unmeasured") if key in result]
            read += "unread" not in result
    issues: dict[str, list[SecurityIssue]] = {}
    for path, data in repository.blob_bytes(suspects):
        lines = data.decode("utf-8", "replace").split("\n")
        hits = (row for row in rows(found[path], "issues") if CODE_RULES[row[0]].counts_in(path))
        issues[path] = [_issue(path, lines, *row) for row in hits]
    ordered = [issue for path in suspects for issue in issues.get(path, ())]
    return SecurityReport(rules(), tuple(ordered), read, tuple(unread))


def _is_examined(path: str) -> bool:
    kind = kind_of(path)
    return kind == TEMPLATE or RULES[kind].language in EXAMINED_LANGUAGES


def _issue(path: str, lines: Sequence[str], rule: str, line: int, end: int) -> SecurityIssue:
    words = CODE_RULES[rule]
    last = min(end, line + _SHOWN_LINES - 1)
    shown = enumerate(lines[line - 1 : last], start=line)
    code = "" if rule in QUOTES_SECRETS else "".join(f"{at} {text[:_SHOWN_CHARACTERS]}\n" for at, text in shown)
    return SecurityIssue(path, line, rule, rule, words.severity, words.confidence, words.title, code, words.cwe)
