"""From places that break a rule to findings: told once each, the worst first, no secret repeated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from clientdesk.audit.bandit_titles import TITLES
from clientdesk.audit.code_rules import CODE_RULES, QUOTES_SECRETS
from clientdesk.audit.repository import SecurityIssue
from clientdesk.audit.result import SEVERITY_ORDER, Confidence, Finding, Severity
from clientdesk.audit.weaknesses import Weakness, weakness_of
from clientdesk.audit.wording import counted, listed

_ID = "security"
_SHOWN_PER_RULE = 5
_TELLS_SOMETHING = 12
PASSWORD_RULES = {"B105", "B106", "B107"}
_VALUE = re.compile(r"(?<=: ')(.*)(?='\s*$)", re.DOTALL)
_NO_PASSWORD = re.compile(r"|None|True|False|[A-Za-z]+([_.: /-][A-Za-z]+)*:?|.{0,3}|.*[{%<].*", re.DOTALL)
_WITHHELD = "\N{HORIZONTAL ELLIPSIS} not repeated"
_HASHES = {"B303", "B324"}
_GUARDS = re.compile(r"(?i)passw|pwd|sign|hmac|credential|secret|salt")
_SEVERITIES = {
    ("HIGH", "HIGH"): Severity.HIGH,
    ("HIGH", "MEDIUM"): Severity.HIGH,
    ("HIGH", "LOW"): Severity.MEDIUM,
    ("MEDIUM", "HIGH"): Severity.MEDIUM,
    ("MEDIUM", "MEDIUM"): Severity.MEDIUM,
    ("MEDIUM", "LOW"): Severity.LOW,
    ("LOW", "HIGH"): Severity.LOW,
    ("LOW", "MEDIUM"): Severity.LOW,
}
_CONFIDENCES = {"HIGH": Confidence.HIGH, "MEDIUM": Confidence.MEDIUM}


def findings_of(issues: Sequence[SecurityIssue]) -> list[Finding]:
    """The worst places of each rule one by one; how many more there are is said in each."""
    by_rule: dict[str, list[SecurityIssue]] = defaultdict(list)
    for issue in issues:
        by_rule[issue.test_id].append(issue)
    findings = []
    for rule in sorted(by_rule):
        places = sorted(by_rule[rule], key=_worst_first)
        findings += [_finding(issue, len(places)) for issue in places[: _shown(places[0])]]
    return findings


def _shown(worst: SecurityIssue) -> int:
    """Of a weakness that is at most low, one place stands for all."""
    return 1 if severity_of(worst) in {Severity.LOW, Severity.INFO} else _SHOWN_PER_RULE


def severity_of(issue: SecurityIssue) -> Severity:
    severity = _SEVERITIES.get((issue.severity.upper(), issue.confidence.upper()), Severity.INFO)
    at_most = _weakness(issue).at_most
    if issue.test_id in _HASHES and not _GUARDS.search(_own_line(issue)):
        at_most = Severity.LOW  # a name for a cache or a file, most likely
    return max(severity, at_most, key=lambda one: SEVERITY_ORDER[one])


def _worst_first(issue: SecurityIssue) -> tuple[int, int, str, int]:
    severity, confidence = list(Severity).index(severity_of(issue)), issue.confidence.upper()
    return (
        severity,
        ["HIGH", "MEDIUM", "LOW"].index(confidence) if confidence in _CONFIDENCES else 2,
        issue.path,
        issue.line,
    )


def _finding(issue: SecurityIssue, of: int) -> Finding:
    weakness = _weakness(issue)
    family = "rules" if issue.test_id in CODE_RULES else "bandit"
    more = f" One of {of:,} places of this kind." if of > 1 else ""
    return Finding(
        check=_ID,
        rule=f"{family}.{issue.test_id}",
        severity=severity_of(issue),
        confidence=_CONFIDENCES.get(issue.confidence.upper(), Confidence.LOW),
        title=_title(issue),
        evidence=f"{_shown_line(issue)}{more}",
        consequence=weakness.consequence,
        fix_now=weakness.fix_now,
        fix_later=weakness.fix_later,
        path=issue.path,
        line=issue.line,
        snippet=_own_line(issue),
        cause=weakness.name,
        effort="security.fix" if severity_of(issue) is not Severity.INFO else "",
    )


def _title(issue: SecurityIssue) -> str:
    """Ours; for what bandit finds next year its first sentence and its name."""
    if issue.test_id in CODE_RULES:
        return CODE_RULES[issue.test_id].title
    return TITLES.get(issue.test_id) or f"{issue.text.split('. ')[0].strip().rstrip('.')} ({issue.test_id})"


def _shown_line(issue: SecurityIssue) -> str:
    if issue.test_id in PASSWORD_RULES | QUOTES_SECRETS:
        return "The text is not repeated here."
    return _readable(_own_line(issue), issue.code)[:160] or issue.test_name


def _readable(line: str, code: str) -> str:
    """A line that says nothing by itself, such as `where(`, with those that follow it."""
    if len(line) >= _TELLS_SOMETHING and not line.endswith(("(", "[", "{", ".", '"""', "`")):
        return line
    following = [text.partition(" ")[2] for text in code.splitlines()]
    stripped = [text.strip() for text in following]
    begin = stripped.index(line) if line in stripped else len(stripped)
    return " ".join([line, *stripped[begin + 1 : begin + 5]]).strip()


def _own_line(issue: SecurityIssue) -> str:
    """The line itself, out of bandit's excerpt, where each begins with its number."""
    for line in issue.code.splitlines():
        number, _, text = line.partition(" ")
        if number == str(issue.line):
            return text.strip()
    return next((line.strip() for line in issue.code.splitlines() if line.strip()), "")


def is_telling(issue: SecurityIssue) -> bool:
    """Not a mere hint, and not a "password" that is none: empty, None, or a plain word."""
    if _weakness(issue).is_noise:
        return False
    value = _VALUE.search(issue.text) if issue.test_id in PASSWORD_RULES else None
    return value is None or _NO_PASSWORD.fullmatch(value[0]) is None


def without_password(text: str) -> str:
    """What a rule of `PASSWORD_RULES` says, without the value: it says as much as before of whether it may be one."""
    return _VALUE.sub(lambda value: "a word" if _NO_PASSWORD.fullmatch(value[0]) else _WITHHELD, text, 1)


def suppressed_finding(issues: Sequence[SecurityIssue]) -> tuple[Finding, ...]:
    serious = [issue for issue in issues if severity_of(issue) in {Severity.HIGH, Severity.MEDIUM}]
    if not serious:
        return ()
    first = min(serious, key=_worst_first)
    places = listed(f"{issue.path}:{issue.line} ({issue.test_id})" for issue in serious)
    return (
        Finding(
            check=_ID,
            rule="security.suppressed",
            severity=Severity.INFO,
            confidence=Confidence.HIGH,
            title=f"{counted(len(serious), 'security warning')} switched off in the code",
            evidence=f"# nosec hides {places}.",
            consequence="Somebody decided that these places are safe; whether it is still so, only a look can tell.",
            fix_now="Look at each once, and write the reason beside it.",
            path=first.path,
            line=first.line,
            snippet="nosec",
            cause="security warnings switched off",
        ),
    )


def _weakness(issue: SecurityIssue) -> Weakness:
    rule = CODE_RULES.get(issue.test_id)
    return rule.weakness if rule is not None else weakness_of(issue.test_id)


def is_hint(issue: SecurityIssue) -> bool:
    """A remark for a reviewer that says nothing by itself."""
    return _weakness(issue).is_noise
