"""The analysers, as a repository asks for them: by key, each run once however many checks ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar, cast

from clientdesk.adapters.advisories.lookup import AdvisoryLookup
from clientdesk.adapters.analysers import data_report, other_files, other_security, python_files
from clientdesk.adapters.analysers.blob_pass import Blobs, Bulk
from clientdesk.adapters.analysers.crew import WorkersFailed
from clientdesk.adapters.analysers.hadolint import Hadolint
from clientdesk.adapters.analysers.kingfisher import Kingfisher
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.pip_audit import PipAudit
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_history import OldContents, Past, SecretHistory
from clientdesk.adapters.analysers.secret_tree import SecretTree
from clientdesk.adapters.analysers.wire import Result
from clientdesk.adapters.analysers.zizmor import Zizmor
from clientdesk.adapters.indexes.package_indexes import PackageIndexes
from clientdesk.audit.data_facts import OTHER_DATA, PYTHON_DATA, DataReport
from clientdesk.audit.manifests import packages
from clientdesk.audit.repository import (
    ADVISORIES,
    OTHER_COMPLEXITY,
    OTHER_SECURITY,
    PYTHON_COMPLEXITY,
    PYTHON_SECURITY,
    RELEASES,
    AdvisoryReport,
    ComplexityReport,
    ReleaseReport,
    Repository,
    SecurityReport,
    ToolFailed,
    ToolKey,
)
from clientdesk.audit.result import Tool
from clientdesk.audit.scans import DOCKER_LINT, HISTORY_SECRETS, SECRETS, WORKFLOW_SECURITY, HistoryReport

Report = TypeVar("Report")
Value = TypeVar("Value")
_REPOSITORIES_KEPT = 4


class Toolbox:
    """Call it with a repository and a key; it raises `ToolFailed`.

    `cache_folder` keeps results between audits (None: nothing is kept), `advisories` is where known vulnerabilities
    come from, `releases` who is asked how old packages are (None: nobody). `rules_folder` keeps a scanner's compiled
    rules.
    """

    def __init__(
        self,
        cache_folder: Path | None = None,
        limits: Limits | None = None,
        advisories: AdvisoryLookup | None = None,
        releases: PackageIndexes | None = None,
        rules_folder: Path | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._cache = ResultCache(cache_folder / "results.sqlite") if cache_folder else None
        self._advisories = advisories or AdvisoryLookup(
            PipAudit(cache_folder=cache_folder and cache_folder / "pip-audit")
        )
        self._releases = releases
        self._python: _Once[Mapping[str, Result]] = _Once()
        self._others: _Once[Mapping[str, Result]] = _Once()
        self._tools: dict[ToolKey[object], Callable[[Blobs], object]] = {}
        self._offer(PYTHON_COMPLEXITY, self._python_complexity)
        self._offer(PYTHON_SECURITY, self._python_security)
        self._offer(OTHER_COMPLEXITY, self._other_complexity)
        self._offer(OTHER_SECURITY, self._other_security)
        self._offer(PYTHON_DATA, self._python_data)
        self._offer(OTHER_DATA, self._other_data)
        self._offer(ADVISORIES, self._known_vulnerabilities)
        self._offer(RELEASES, self._listed_releases)
        kingfisher = Kingfisher(rules_folder or (cache_folder and cache_folder / "kingfisher"))
        self._history = SecretHistory(kingfisher, self._cache)
        self._offer(SECRETS, SecretTree(kingfisher, self._cache).report)
        self._offer(HISTORY_SECRETS, self._history_secrets)
        self._offer(WORKFLOW_SECURITY, Zizmor().report)
        self._offer(DOCKER_LINT, Hadolint().report)

    def __call__(self, repository: Repository, key: ToolKey[Report]) -> Report:
        tool = self._tools.get(cast("ToolKey[object]", key))
        if tool is None:
            raise ToolFailed(f"there is no tool {key.name}", Tool(key.name, ""))
        if not isinstance(repository, Bulk):
            raise ToolFailed("this repository does not give its files in bulk", Tool(key.name, ""))
        return cast("Report", tool(cast("Blobs", repository)))

    def _offer(self, key: ToolKey[Report], tool: Callable[[Blobs], Report]) -> None:
        self._tools[cast("ToolKey[object]", key)] = tool

    def _python_complexity(self, repository: Blobs) -> ComplexityReport:
        return python_files.complexity(self._python_results(repository, python_files.radon()))

    def _python_security(self, repository: Blobs) -> SecurityReport:
        return python_files.security(repository, self._python_results(repository, python_files.bandit()))

    def _python_results(self, repository: Blobs, tool: Tool) -> Mapping[str, Result]:
        try:
            return self._python.get(
                repository.commit, lambda: python_files.results(repository, self._limits, self._cache)
            )
        except WorkersFailed as failure:
            raise ToolFailed(str(failure), tool) from failure

    def _other_complexity(self, repository: Blobs) -> ComplexityReport:
        return other_files.complexity(self._other_results(repository, other_files.tree_sitter()))

    def _other_security(self, repository: Blobs) -> SecurityReport:
        return other_security.security(repository, self._other_results(repository, other_files.rules()))

    def _other_data(self, repository: Blobs) -> DataReport:
        return data_report.data_report(self._other_results(repository, data_report.tool()))

    def _python_data(self, repository: Blobs) -> DataReport:
        return data_report.data_report(self._python_results(repository, data_report.tool()))

    def _other_results(self, repository: Blobs, tool: Tool) -> Mapping[str, Result]:
        try:
            return self._others.get(
                repository.commit, lambda: other_files.results(repository, self._limits, self._cache)
            )
        except WorkersFailed as failure:
            raise ToolFailed(str(failure), tool) from failure

    def _history_secrets(self, repository: Blobs) -> HistoryReport:
        if not isinstance(repository, OldContents):
            raise ToolFailed("this repository does not give old contents", self._history.kingfisher.tool)
        return self._history.report(cast("Past", repository))

    def _known_vulnerabilities(self, repository: Blobs) -> AdvisoryReport:
        return self._advisories.report(packages(repository))

    def _listed_releases(self, repository: Blobs) -> ReleaseReport:
        if self._releases is None:
            raise ToolFailed("Asking package indexes is switched off here.", Tool(RELEASES.name, ""))
        return self._releases.report(packages(repository))


class _Once(Generic[Value]):
    """Values of the last few commits; two who ask at the same time wait for one answer. A failure is not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: OrderedDict[str, threading.Lock] = OrderedDict()
        self._values: dict[str, Value] = {}

    def get(self, commit: str, work: Callable[[], Value]) -> Value:
        with self._lock:
            lock = self._locks.setdefault(commit, threading.Lock())
            self._locks.move_to_end(commit)
        with lock:
            if commit not in self._values:
                self._values[commit] = work()
                self._forget_old()
            return self._values[commit]

    def _forget_old(self) -> None:
        with self._lock:
            while len(self._locks) > _REPOSITORIES_KEPT:
                old, _ = self._locks.popitem(last=False)
                self._values.pop(old, None)
