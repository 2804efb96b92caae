"""Files that should never be committed: keys and passwords, told by name and by what they hold."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, role_of
from clientdesk.audit.repository import FileEntry, Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged
from clientdesk.audit.suspect_files import Suspect, judge, kinds_of
from clientdesk.audit.wording import counted
from clientdesk.domain.estimating import EffortRule, hours

_ID = "secret-files"

_BY_CONFIDENCE = {
    Confidence.HIGH: Severity.CRITICAL,
    Confidence.MEDIUM: Severity.HIGH,
    Confidence.LOW: Severity.MEDIUM,
}


def look(repository: Repository, _today: date) -> CheckResult:
    candidates = [(entry, kinds) for entry in repository.files if (kinds := kinds_of(entry))]
    findings, gaps = [], []
    for entry, kinds in candidates:
        try:
            suspect = judge(entry, kinds, repository)
        except Unreadable as error:
            gaps.append(f"{entry.path} could not be read ({error}).")
            continue
        if suspect:
            findings.append(_finding(entry, suspect))
    return judged(
        _ID,
        tuple(findings),
        _reason(len(repository.files), len(findings)),
        metrics={"secret_files.candidates": len(candidates), "secret_files.found": len(findings)},
        gaps=tuple(gaps),
    )


def _finding(entry: FileEntry, suspect: Suspect) -> Finding:
    is_test = role_of(entry.path) in {Role.TEST, Role.EXAMPLE} or _is_for_tests(entry.path)
    digest = hashlib.sha256(suspect.secret.strip().encode()).hexdigest()[:12]
    return Finding(
        check=_ID,
        rule=suspect.rule,
        severity=_severity(suspect, is_test=is_test),
        confidence=Confidence.LOW if is_test else suspect.confidence,
        title=f"{suspect.what}: {PurePosixPath(entry.path).name}",
        evidence=f"Value masked; SHA-256 begins {digest}." + (" It may be one made for tests." if is_test else ""),
        consequence="Everybody who ever had a copy of the code has this key, and it still opens whatever it opens; "
        "deleting the file does not take it back.",
        fix_now="Replace the key wherever it is used, then remove the file.",
        fix_later="Read secrets from the environment or a vault, and refuse such files before they are committed.",
        path=entry.path,
        line=suspect.line,
        snippet=digest,
        cause="committed secrets",
        effort="secrets.rotate",
    )


def _severity(suspect: Suspect, *, is_test: bool) -> Severity:
    if is_test:
        return Severity.LOW
    return _BY_CONFIDENCE[suspect.confidence]


def _is_for_tests(path: str) -> bool:
    parts = PurePosixPath(path.lower()).parts
    return "ci" in parts or ".github" in parts or any("test" in part or "snakeoil" in part for part in parts)


def _reason(files: int, found: int) -> str:
    scope = f"Of {counted(files, 'file')} of this commit, those named like secrets were read"
    return f"{scope}: {counted(found, 'secret') if found else 'none holds one'}."


CHECK = Check(
    id=_ID,
    title="Committed secrets",
    area=Area.SECURITY,
    looks_for="private keys, passwords and environment files in the current state of the code",
    matters_because="a secret in the code belongs to everyone who ever copied it",
    look=look,
    effort=(
        EffortRule(
            key="secrets.rotate",
            work="Replace {cause}",
            unit="secret",
            fixed=hours("1", "1.5", "3"),
            per_unit=hours("0.5", "1", "2"),
            cap=Decimal(16),
        ),
    ),
)
