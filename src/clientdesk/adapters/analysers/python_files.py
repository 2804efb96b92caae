"""Which files are Python, and what radon and bandit say about them."""

from __future__ import annotations

import io
import platform
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import chain
from typing import Any

from clientdesk.adapters.analysers.blob_pass import BlobPass, Blobs, Targets
from clientdesk.adapters.analysers.incoming import Target
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.classify import is_own_code
from clientdesk.audit.code_places import PASSWORD_RULES, without_password
from clientdesk.audit.columns import Columns
from clientdesk.audit.repository import (
    ComplexityReport,
    FileFigures,
    Function,
    SecurityIssue,
    SecurityReport,
    UnreadFile,
)
from clientdesk.audit.result import Tool

# Raise it when the analysis itself changes: it stands for the rules in the cache's key.
_EDITION = "2"
_ENDINGS = (".py", ".pyw")
_SHOWN_CHARACTERS = 300
_CONTEXT_LINES = 3


def radon() -> Tool:
    return Tool("radon", version("radon"))


def bandit() -> Tool:
    return Tool("bandit", version("bandit"))


def results(repository: Blobs, limits: Limits, cache: ResultCache | None) -> Mapping[str, Result]:
    """What the one pass gave for each Python file, by path."""
    basis = f"{_EDITION} radon {radon().version} bandit {bandit().version} python {platform.python_version()}"
    one_pass = BlobPass("python_pass", basis, limits, cache, _without_passwords)
    return one_pass.results(repository, python_files(repository, limits))


def python_files(repository: Blobs, limits: Limits) -> Targets:
    """By ending, and by the first line of files without one. Links are left out: what they lead to is looked at."""
    scripts = frozenset(_scripts(repository, limits))

    def targets() -> Iterator[Target]:
        plain = [entry for entry in repository.files if entry.path in scripts]
        named = (entry for entry in repository.files if entry.path.endswith(_ENDINGS) and not entry.is_link)
        return (Target(entry, "python") for entry in chain(named, plain))

    return targets


def _scripts(repository: Blobs, limits: Limits) -> Iterator[str]:
    bare = (entry for entry in repository.files if "." not in posixpath.basename(entry.path) and not entry.is_link)
    for path, data in repository.blob_bytes(entry.path for entry in bare if entry.size <= limits.file_bytes):
        first, _, _ = data[:1000].partition(b"\n")
        if first.startswith(b"#!") and b"python" in first:
            yield path


def complexity(found: Mapping[str, Result]) -> ComplexityReport:
    functions, files = Columns(Function, "tttiii"), Columns(FileFigures, "ttiiiif")
    unread: list[UnreadFile] = []
    for path, result in found.items():
        unread += _unread(path, result, "unread", "unmeasured")
        functions.extend([(path, *block) for block in _rows(result, "functions")])
        if "figures" in result:
            files.add(path, "Python", *_row(result, "figures"), _number(result, "maintainability"))
    return ComplexityReport(radon(), functions, files, tuple(unread))


def security(repository: Blobs, found: Mapping[str, Result]) -> SecurityReport:
    """Reads the client's own files with findings once more, for the lines to show; those of others are counted."""
    issues: dict[str, list[SecurityIssue]] = {}
    unread: list[UnreadFile] = []
    read = 0
    for path, result in found.items():
        read += "unread" not in result
        unread += _unread(path, result, "unread", "unscanned")
        if result.get("issues"):
            issues[path] = [] if is_own_code(path) else [_remark(path, *hit) for hit in _rows(result, "issues")]
    for path, data in repository.blob_bytes([path for path, known in issues.items() if not known]):
        result = found[path]
        lines = _lines(data, str(result.get("encoding", "utf-8")))
        issues[path] = [_issue(path, lines, *hit) for hit in _rows(result, "issues")]
    return SecurityReport(bandit(), tuple(chain.from_iterable(issues.values())), read, tuple(unread))


def _issue(path: str, lines: Sequence[str], line: int, span: int, test: str, name: str, *rest: Any) -> SecurityIssue:  # noqa: ANN401
    first = max(1, line - _CONTEXT_LINES // 2)
    shown = enumerate(lines[first - 1 : first + span + _CONTEXT_LINES - 2], start=first)
    code = "".join(f"{number} {content}" for number, content in shown)
    return _remark(path, line, span, test, name, *rest, code=code)


def _remark(path: str, line: int, _span: int, test: str, name: str, *rest: Any, code: str = "") -> SecurityIssue:  # noqa: ANN401
    severity, confidence, text, cwe, suppressed = rest
    return SecurityIssue(path, line, test, name, severity, confidence, text, code, cwe, suppressed)


def _lines(data: bytes, encoding: str) -> Sequence[str]:
    """As bandit shows them, each with its newline; very long ones cut."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace").read()
    return [f"{line[:_SHOWN_CHARACTERS]}\n" for line in text.split("\n")]


def _unread(path: str, result: Result, *keys: str) -> list[UnreadFile]:
    return [UnreadFile(path, str(reason)) for key in keys if (reason := result.get(key))]


def _without_passwords(result: Result) -> Result:
    """Bandit quotes the password that it found: it goes no further than here."""
    issues = [
        [*row[:6], without_password(row[6]), *row[7:]] if row[2] in PASSWORD_RULES else row
        for row in _rows(result, "issues")
    ]
    return result | {"issues": issues} if issues else result


def _rows(result: Result, key: str) -> Iterable[Sequence[Any]]:
    rows: Iterable[Sequence[Any]] = result.get(key, ())  # type: ignore[assignment]  # python_pass wrote it
    return rows


def _row(result: Result, key: str) -> Sequence[int]:
    row: Sequence[int] = result[key]  # type: ignore[assignment]  # python_pass wrote it
    return row


def _number(result: Result, key: str) -> float:
    number: float = result[key]  # type: ignore[assignment]  # python_pass wrote it
    return number
