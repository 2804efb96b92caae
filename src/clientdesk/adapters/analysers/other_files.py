"""Which files tree-sitter reads, and its report on them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from clientdesk.adapters.analysers.blob_pass import BlobPass, Blobs
from clientdesk.adapters.analysers.incoming import Target
from clientdesk.adapters.analysers.languages import KIND_BY_ENDING, KIND_BY_NAME, RULES
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.rules.engine import edition
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.columns import Columns
from clientdesk.audit.repository import ComplexityReport, FileFigures, Function, UnreadFile
from clientdesk.audit.result import Tool

# Raise it when what counts as a decision changes: it stands for the rules in the cache's key.
_EDITION = "2"
RULES_VERSION = "1"
TEMPLATE = "erb"


def tree_sitter() -> Tool:
    return Tool("tree-sitter", version("tree-sitter"))


def rules() -> Tool:
    return Tool("clientdesk rules", RULES_VERSION)


def results(repository: Blobs, limits: Limits, cache: ResultCache | None) -> Mapping[str, Result]:
    """What the one pass gave for each file, by path."""
    return BlobPass("tree_sitter_pass", _basis(), limits, cache).results(repository, lambda: _targets(repository))


def complexity(found: Mapping[str, Result]) -> ComplexityReport:
    """Ruby, JavaScript, TypeScript, Go, PHP and Java: see `languages` for what is counted."""
    functions, files = Columns(Function, "tttiii"), Columns(FileFigures, "ttiiiif")
    unread: list[UnreadFile] = []
    for path, result in found.items():
        if kind_of(path) == TEMPLATE:
            continue
        for row in rows(result, "functions"):
            functions.add(path, *row)
        figures: Sequence[int] = result.get("figures", ())  # type: ignore[assignment]  # tree_sitter_pass wrote it
        if figures:
            files.add(path, RULES[kind_of(path)].language, *figures, None)
        unread += [UnreadFile(path, str(result[key])) for key in ("unread", "unmeasured") if key in result]
    return ComplexityReport(tree_sitter(), functions, files, tuple(unread))


def _targets(repository: Blobs) -> Iterator[Target]:
    kinds = ((entry, kind_of(entry.path)) for entry in repository.files if not entry.is_link)
    return (Target(entry, kind) for entry, kind in kinds if kind)


def kind_of(path: str) -> str:
    """The grammar's name, `TEMPLATE`, or "" for what is not read here."""
    name = posixpath.basename(path)
    return KIND_BY_NAME.get(name) or KIND_BY_ENDING.get(posixpath.splitext(name)[1].lower(), "")


def _basis() -> str:
    packages = sorted({rules.package.replace("_", "-") for rules in RULES.values()} | {"tree-sitter"})
    return " ".join([_EDITION, edition(), *(f"{package} {version(package)}" for package in packages)])


def rows(result: Result, key: str) -> Iterable[Sequence[Any]]:
    found: Iterable[Sequence[Any]] = result.get(key, ())  # type: ignore[assignment]  # tree_sitter_pass wrote it
    return found
