"""Security of the code: what bandit and our own rules find outside tests, joined by cause, and what hides it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.asking import asked
from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, is_own_code, language_of, role_of, says_not_written_here
from clientdesk.audit.code_places import findings_of, is_hint, is_telling, severity_of, suppressed_finding
from clientdesk.audit.code_rules import EXAMINED_LANGUAGES
from clientdesk.audit.repository import (
    OTHER_SECURITY,
    PYTHON_SECURITY,
    Repository,
    SecurityIssue,
    SecurityReport,
    ToolKey,
    Unreadable,
)
from clientdesk.audit.result import CheckResult, Severity, Tool, could_not_run, judged, not_applicable
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "security"
_NOTABLE_SHARE = 0.05
_EXAMINED = EXAMINED_LANGUAGES | {"Python"}
_NO_PROGRAMS = {"SQL"}
_LOADED_DEFAULTS = re.compile(r"^[ \t]*config\.load_defaults[ (]+['\"]?(\d+)\.(\d+)", re.MULTILINE)
_SWITCHED_ON = re.compile(r"^[^#\n]*default_protect_from_forgery\s*=\s*true", re.MULTILINE)
_PROTECTED_SINCE = (5, 2)
_OTHER_TEMPLATES = (".haml", ".slim")


def look(repository: Repository, _today: date) -> CheckResult:
    sizes = _sizes_by_language(repository)
    gaps = (*_languages_not_examined(sizes), *_templates_not_examined(repository))
    if not sizes.keys() & _EXAMINED:
        return could_not_run(_ID, gaps[0]) if gaps else not_applicable(_ID, "There is no program code to examine.")
    reports, failed = asked(repository, _tools_for(sizes))
    own = _written_here(repository, [issue for report in reports for issue in report.issues])
    telling = [issue for issue in own if not issue.suppressed and is_telling(issue)]
    suppressed = [issue for issue in own if issue.suppressed and is_telling(issue)]
    unread = [file for report in reports for file in report.unread if is_own_code(file.path)]
    return judged(
        _ID,
        (*findings_of(telling), *suppressed_finding(suppressed)),
        _reason(reports, telling),
        metrics=_metrics(reports, own),
        strengths=() if suppressed or unread or failed else _strengths(reports, telling),
        gaps=(*failed, *unread_gap(unread), *gaps),
        tool=Tool(" + ".join(one.tool.name for one in reports), ", ".join(one.tool.version for one in reports)),
    )


def _sizes_by_language(repository: Repository) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for entry in repository.files:
        if not entry.is_link and is_own_code(entry.path) and (language := language_of(entry.path)):
            sizes[language] += entry.size
    return sizes


def _languages_not_examined(sizes: Counter[str]) -> tuple[str, ...]:
    unknown = [name for name, _ in sizes.most_common() if name not in _EXAMINED | _NO_PROGRAMS]
    others = [name for name in unknown if sizes[name] > _NOTABLE_SHARE * sizes.total()]
    if not others:
        return ()
    return (f"{listed(others, 9)} code was not examined: there are rules for {listed(sorted(_EXAMINED), 9)} only.",)


def _templates_not_examined(repository: Repository) -> tuple[str, ...]:
    number = sum(entry.path.endswith(_OTHER_TEMPLATES) and is_own_code(entry.path) for entry in repository.files)
    return (f"{counted(number, 'template')} in Haml or Slim could not be examined.",) if number else ()


def _tools_for(sizes: Counter[str]) -> list[ToolKey[SecurityReport]]:
    python = [PYTHON_SECURITY] if "Python" in sizes else []
    return python + ([OTHER_SECURITY] if sizes.keys() & EXAMINED_LANGUAGES else [])


def _written_here(repository: Repository, issues: Sequence[SecurityIssue]) -> list[SecurityIssue]:
    """Without tests, without what other people or tools wrote, and without what the framework takes care of."""
    own = [issue for issue in issues if is_own_code(issue.path)]
    scripts = {issue.path for issue in own if not issue.path.endswith(".py")}
    borrowed = {path for path in scripts if _is_borrowed(repository, path)}
    moot = {"rb-csrf-missing"} if _is_protected_by_default(repository) else set()
    return [issue for issue in own if issue.path not in borrowed and issue.test_id not in moot]


def _is_borrowed(repository: Repository, path: str) -> bool:
    return says_not_written_here(_text(repository, path))


def _is_protected_by_default(repository: Repository) -> bool:
    """Rails from 5.2 on refuses forged requests by itself, for those who load its defaults."""
    settings = _text(repository, "config/application.rb")
    if _SWITCHED_ON.search(settings):
        return True
    version = _LOADED_DEFAULTS.search(settings)
    return version is not None and (int(version[1]), int(version[2])) >= _PROTECTED_SINCE


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.text(path)
    except (Unreadable, KeyError):
        return ""


def _reason(reports: Sequence[SecurityReport], telling: Sequence[SecurityIssue]) -> str:
    tests = sum(role_of(issue.path) is Role.TEST for report in reports for issue in report.issues)
    files = sum(report.files for report in reports)
    if not files:
        return "No file could be examined."
    where = f"outside tests, in {counted(files, 'file')} of {_languages(reports)}"
    if not telling:
        return f"No weakness {where} ({counted(tests, 'remark')} on test code set aside)."
    return f"{counted(len(telling), 'place')} worth a look {where} ({counted(tests, 'remark')} on test code set aside)."


def _languages(reports: Sequence[SecurityReport]) -> str:
    """In the words of the report's reader: bandit reads Python, our rules the others."""
    words = {"bandit": "Python"}
    return " and of ".join(words.get(one.tool.name, "Ruby, JavaScript or TypeScript") for one in reports if one.files)


def _metrics(reports: Sequence[SecurityReport], own: Sequence[SecurityIssue]) -> dict[str, int | float | str]:
    every = [issue for report in reports for issue in report.issues]
    heard = [issue for issue in own if not issue.suppressed]
    severities = Counter(severity_of(issue) for issue in heard if is_telling(issue))
    return {
        "security.files": sum(report.files for report in reports),
        "security.high": severities[Severity.HIGH],
        "security.medium": severities[Severity.MEDIUM],
        "security.low": severities[Severity.LOW],
        "security.hints": sum(is_hint(issue) for issue in heard),
        "security.in_tests": sum(role_of(issue.path) is Role.TEST for issue in every),
        "security.suppressed": sum(issue.suppressed for issue in every),
    }


def _strengths(reports: Sequence[SecurityReport], telling: Sequence[SecurityIssue]) -> tuple[str, ...]:
    files = sum(report.files for report in reports)
    if telling or not files:
        return ()
    return (f"No known weakness pattern in {counted(files, 'file')} of {_languages(reports)}.",)


CHECK = Check(
    id=_ID,
    title="Security of the code",
    area=Area.SECURITY,
    looks_for="patterns that are known to lead to break-ins, in the code that runs (not in tests)",
    matters_because="they are what attackers and security questionnaires look for first",
    look=look,
    lists_worst_only=True,
    effort=(
        EffortRule(
            key="security.fix",
            work="Mend {cause}",
            unit="place",
            fixed=hours("0.5", "1", "2"),
            per_unit=hours("0.25", "0.75", "2"),
            cap=Decimal(16),
        ),
    ),
)
