"""Secrets in the code and its history: one finding for each secret, however many places it has, and never itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from pathlib import PurePosixPath

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, role_of
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.result import SEVERITY_ORDER, CheckResult, Confidence, Finding, Severity, judged
from clientdesk.audit.scans import HISTORY_SECRETS, SECRETS, Doubt, HistoryReport, Leak, SecretReport
from clientdesk.audit.secret_kinds import kind_of
from clientdesk.audit.suspect_files import suspect_places
from clientdesk.audit.wording import counted, listed, unread_gap

_ID = "secrets"
_MINOR_ROLES = {Role.TEST, Role.EXAMPLE, Role.DOCUMENTATION, Role.VENDORED, Role.GENERATED}
_NO_SECRETS = {Doubt.ENCODED_DATA, Doubt.PLACEHOLDER}
# What tests and manuals are full of; a token of a provider's own form is told alone even there.
_MADE_UP = {
    "private-key", "mongodb-connection-string", "generic-credential-uri", "generic-api-key", "generic-secret",
    "generic-password", "curl-auth-header", "curl-auth-user", "jwt", "jwt-base64", "postgres-connection-string",
    "kubernetes-secret-yaml",
}  # fmt: skip
_CONFIDENCES = {"high": Confidence.HIGH, "medium": Confidence.MEDIUM}
_SEVERITIES = {Confidence.HIGH: Severity.CRITICAL, Confidence.MEDIUM: Severity.HIGH, Confidence.LOW: Severity.MEDIUM}
# What only earlier commits hold may have been replaced since.
_OF_HISTORY = {Severity.CRITICAL: Severity.HIGH, Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}
_NO_TEXT = re.compile(
    r"(?i)\.(png|jpe?g|gif|webp|avif|ico|bmp|tiff?|psd|ttf|otf|woff2?|eot|mp[34]|mov|avi|webm|ogg|wav|flac|pdf|zip|gz|tgz"
    r"|bz2|xz|7z|rar|jar|war|whl|exe|dll|so|dylib|wasm|a|o|bin|dat|onnx|pt|h5|pkl|parquet|glb|fbx|blend|sqlite3?|db)$"
)
_FIX_LATER = "Read secrets from the environment or a vault, and refuse them before they are committed."


def look(repository: Repository, _today: date) -> CheckResult:
    report, (past, past_gaps) = _searched(repository)
    told = suspect_places(repository)
    here = [leak for leak in report.leaks if leak.doubt not in _NO_SECRETS]
    known = {leak.digest for leak in here}
    fresh = _joined(leak for leak in here if (leak.path, leak.line) not in told)
    old = _joined(leak for leak in past if leak.doubt not in _NO_SECRETS and leak.digest not in known)
    return judged(
        _ID,
        tuple(_findings([*fresh, *old])),
        _reason(report, len(fresh), len(old), is_past_known=not past_gaps),
        metrics={
            "secrets.files": report.files,
            "secrets.found": len(_joined(here)),
            "secrets.in_history_only": len(old),
            "secrets.amid_encoded_data": sum(leak.doubt is Doubt.ENCODED_DATA for leak in report.leaks),
            "secrets.placeholders": sum(leak.doubt is Doubt.PLACEHOLDER for leak in report.leaks),
        },
        gaps=(*unread_gap(file for file in report.unread if _may_hold_text(file.path)), *past_gaps),
        tool=report.tool,
    )


def _searched(repository: Repository) -> tuple[SecretReport, tuple[Sequence[Leak], tuple[str, ...]]]:
    """Both at once: a long history takes longer than all else in an audit."""
    with ThreadPoolExecutor(1) as beside:
        past = beside.submit(copy_context().run, _past, repository)
        return repository.tool(SECRETS), past.result()


def _past(repository: Repository) -> tuple[Sequence[Leak], tuple[str, ...]]:
    try:
        report: HistoryReport = repository.tool(HISTORY_SECRETS)
    except ToolFailed as failure:
        return (), (f"The history was not examined: {failure.reason}.",)
    limits = (f"The history was examined in part: {report.limits}.",) if report.limits else ()
    return report.leaks, limits


def _joined(leaks: Iterable[Leak]) -> list[Sequence[Leak]]:
    """The places of each secret, the one that counts most first. Two rules that see one place count once."""
    by_secret: dict[str, list[Leak]] = defaultdict(list)
    seen: dict[tuple[str, str, int], str] = {}
    for leak in sorted(leaks, key=_most_telling_first):
        place = (leak.commit, leak.path, leak.line)
        secret = leak.digest or f"{place}"
        if seen.setdefault(place, secret) == secret or not kind_of(leak.rule).is_vague:
            by_secret[secret].append(leak)
    return list(by_secret.values())


def _most_telling_first(leak: Leak) -> tuple[int, bool, str, int, str]:
    return SEVERITY_ORDER[_severity(leak)], kind_of(leak.rule).is_vague, leak.path, leak.line, leak.rule


def _findings(secrets: Sequence[Sequence[Leak]]) -> Iterator[Finding]:
    """One for each secret; those of tests and manuals that are most likely made up in one, where there are several."""
    made_up = [places for places in secrets if places[0].rule in _MADE_UP and _is_doubtful(places[0])]
    joined = made_up if len(made_up) > 1 else []
    yield from (_finding(places) for places in secrets if places not in joined)
    if joined:
        yield _made_up(joined)


def _made_up(secrets: Sequence[Sequence[Leak]]) -> Finding:
    """`snippet` holds every hash: one more of them is another finding, and is compared as such."""
    first = secrets[0][0]
    return Finding(
        check=_ID,
        rule="secrets.made-up",
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        title=f"{counted(len(secrets), 'login or key', 'logins or keys')} that may be made up, in tests and texts",
        evidence=f"Values masked; the first places are {listed((_place(places[0]) for places in secrets), 6)}.",
        consequence="Most such values open nothing; a real one among them is open to everybody who has a copy.",
        fix_now="Look through them once, replace a real one, and write the others so that nobody takes them for real.",
        fix_later=_FIX_LATER,
        path=first.path,
        line=first.line,
        snippet=" ".join(sorted(places[0].digest for places in secrets)),
        cause="committed secrets",
        effort="secrets.rotate",
    )


def _place(leak: Leak) -> str:
    return f"{leak.path}:{leak.line}" + (f" of commit {leak.commit[:12]}" if leak.commit else "")


def _is_doubtful(leak: Leak) -> bool:
    return bool(leak.doubt) or role_of(leak.path) in _MINOR_ROLES


def _finding(places: Sequence[Leak]) -> Finding:
    leak, kind = places[0], kind_of(places[0].rule)
    where = "in an earlier commit" if leak.commit else "in the code"
    return Finding(
        check=_ID,
        rule=f"secrets.{leak.rule}",
        severity=_severity(leak),
        confidence=_confidence(leak),
        title=f"{kind.name} {where}: {PurePosixPath(leak.path).name}",
        evidence=" ".join(_evidence(places)),
        consequence=kind.consequence,
        fix_now=kind.fix_now if not leak.commit else "Find out whether it has been replaced since; if not, replace it.",
        fix_later=_FIX_LATER,
        path=leak.path,
        line=leak.line,
        snippet=leak.digest,
        cause="committed secrets",
        effort="secrets.rotate",
    )


def _evidence(places: Sequence[Leak]) -> Iterable[str]:
    leak = places[0]
    yield f"Value masked: {leak.shown}; SHA-256 begins {leak.digest}." if leak.digest else "Value masked."
    if leak.commit:
        yield f"Line {leak.line} of commit {leak.commit[:12]}; no longer in the current code."
    if len(places) > 1:
        yield f"Also in {listed(dict.fromkeys(f'{one.path}:{one.line}' for one in places[1:]))}."
    if leak.doubt is Doubt.OWN_MACHINE:
        yield f"It is {leak.doubt}."
    if role_of(leak.path) in _MINOR_ROLES:
        yield "The file is a test, an example, documentation or somebody else's: it may be made up."


def _confidence(leak: Leak) -> Confidence:
    if _is_doubtful(leak):
        return Confidence.LOW
    sure = _CONFIDENCES.get(leak.confidence, Confidence.LOW)
    return Confidence.MEDIUM if leak.commit and sure is Confidence.HIGH else sure


def _severity(leak: Leak) -> Severity:
    if _is_doubtful(leak):
        return Severity.LOW
    by_sureness = _SEVERITIES[_CONFIDENCES.get(leak.confidence, Confidence.LOW)]
    severity = max(by_sureness, kind_of(leak.rule).at_most, key=lambda one: SEVERITY_ORDER[one])
    return _OF_HISTORY.get(severity, severity) if leak.commit else severity


def _may_hold_text(path: str) -> bool:
    return not _NO_TEXT.search(path) and role_of(path) not in {Role.VENDORED, Role.GENERATED}


def _reason(report: SecretReport, fresh: int, old: int, *, is_past_known: bool) -> str:
    past = " and its history (without files of more than 5 MB)" if is_past_known else ""
    scope = f"{counted(report.files, 'file')} of this commit{past}"
    found = f"{counted(fresh, 'secret')} in the code, {old:,} in earlier commits only" if fresh or old else "no secret"
    return f"{scope} searched: {found}. Nobody was asked whether one still works; secrets in files of keys stand apart."


CHECK = Check(
    id=_ID,
    title="Secrets in code and history",
    area=Area.SECURITY,
    looks_for="keys, tokens and passwords of known kinds in every file, now and in earlier commits",
    matters_because="whoever has a copy of the code has them, and robots look for them all day",
    look=look,
)
