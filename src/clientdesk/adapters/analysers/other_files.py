"""Which files tree-sitter reads, and its report on them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from clientdesk.adapters.analysers.blob_pass import BlobPass, Blobs, Target
from clientdesk.adapters.analysers.languages import KIND_BY_ENDING, KIND_BY_NAME, RULES
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.audit.repository import ComplexityReport, FileFigures, Function, UnreadFile
from clientdesk.audit.result import Tool

# Raise it when what counts as a decision changes: it stands for the rules in the cache's key.
_EDITION = "1"


def tree_sitter() -> Tool:
    return Tool("tree-sitter", version("tree-sitter"))


def complexity(repository: Blobs, limits: Limits, cache: ResultCache | None) -> ComplexityReport:
    """Ruby, JavaScript, TypeScript, Go, PHP and Java: see `languages` for what is counted."""
    targets = _targets(repository)
    found = BlobPass("tree_sitter_pass", _basis(), limits, cache).results(repository, targets)
    functions: list[Function] = []
    files: list[FileFigures] = []
    unread: list[UnreadFile] = []
    for target in targets:
        path, result = target.entry.path, found[target.entry.path]
        rows: Sequence[Any] = result.get("functions", ())  # type: ignore[assignment]  # tree_sitter_pass wrote it
        functions += [Function(path, *row) for row in rows]
        figures: Sequence[int] = result.get("figures", ())  # type: ignore[assignment]  # tree_sitter_pass wrote it
        if figures:
            files.append(FileFigures(path, RULES[target.kind].language, *figures))
        unread += [UnreadFile(path, str(result[key])) for key in ("unread", "unmeasured") if key in result]
    return ComplexityReport(tree_sitter(), tuple(functions), tuple(files), tuple(unread))


def _targets(repository: Blobs) -> Sequence[Target]:
    kinds = ((entry, _kind(entry.path)) for entry in repository.files if not entry.is_link)
    return [Target(entry, kind) for entry, kind in kinds if kind]


def _kind(path: str) -> str:
    name = posixpath.basename(path)
    return KIND_BY_NAME.get(name) or KIND_BY_ENDING.get(posixpath.splitext(name)[1].lower(), "")


def _basis() -> str:
    packages = sorted({rules.package.replace("_", "-") for rules in RULES.values()} | {"tree-sitter"})
    return " ".join([_EDITION, *(f"{package} {version(package)}" for package in packages)])
