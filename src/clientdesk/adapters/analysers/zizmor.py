"""Security of GitHub workflows, by the zizmor command: offline, without the client's settings, on a folder of ours."""

from __future__ import annotations

import re
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.blob_pass import Blobs
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_folder import CleanFolder, clean_folder
from clientdesk.audit.repository import ToolFailed, UnreadFile
from clientdesk.audit.result import Tool
from clientdesk.audit.scans import WorkflowIssue, WorkflowReport
from clientdesk.audit.untyped import Malformed, json_of, rows, table, words

_FILES = re.compile(
    r"^\.github/workflows/[^/]+\.ya?ml$|(^|/)action\.ya?ml$|^\.github/dependabot\.ya?ml$|^\.pre-commit-(config|hooks)\.yaml$"
)
_COMPLETED = re.compile(r"completed (\S.*)$", re.MULTILINE)
_OPTIONS = (
    *("--offline", "--no-config", "--no-exit-codes", "--no-ignores", "--collect=all"),
    *("--no-progress", "--color=never", "--format=json-v1"),
)
_NOTHING_READABLE = 3
_EXCERPT_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Zizmor:
    """`seconds` for one repository, all runs together."""

    command: Sequence[str] = (str(Path(sysconfig.get_path("scripts"), "zizmor")),)
    seconds: float = 60.0
    memory_bytes: int = 1 << 30

    @property
    def tool(self) -> Tool:
        return Tool("zizmor", version("zizmor"))

    def report(self, repository: Blobs) -> WorkflowReport:
        """Raises `ToolFailed`. A file that makes zizmor fail costs itself, not the others."""
        paths = [entry.path for entry in repository.files if not entry.is_link and _FILES.search(entry.path)]
        try:
            with clean_folder(repository, paths) as folder:
                issues, unread = self._examined(folder)
                missing = sorted(set(paths) - set(folder.paths.values()))
        except OSError as error:
            raise ToolFailed(f"the workflows could not be laid out for zizmor ({error.strerror})", self.tool) from error
        unread = [*unread, *(UnreadFile(path, "could not be read from the repository") for path in missing)]
        return WorkflowReport(self.tool, tuple(issues), len(paths) - len(unread), tuple(unread))

    def _examined(self, folder: CleanFolder) -> tuple[list[WorkflowIssue], list[UnreadFile]]:
        due = time.monotonic() + self.seconds
        names = sorted(folder.paths)
        if not names:
            return [], []
        try:
            return self._run(folder, ["."], names, due)
        except CommandFailed as failure:
            if len(names) == 1:
                raise ToolFailed(f"zizmor gave no result: {failure}", self.tool) from failure
        return self._one_by_one(folder, names, due)

    def _one_by_one(
        self, folder: CleanFolder, names: Sequence[str], due: float
    ) -> tuple[list[WorkflowIssue], list[UnreadFile]]:
        issues: list[WorkflowIssue] = []
        unread: list[UnreadFile] = []
        failure = ""
        for name in names:
            try:
                found, not_read = self._run(folder, [f"./{name}"], [name], due)
            except CommandFailed as failed:
                failure = str(failed)
                found, not_read = [], [UnreadFile(folder.paths[name], f"zizmor gave no result: {failed}")]
            issues, unread = issues + found, unread + not_read
        if failure and len(unread) == len(names):
            raise ToolFailed(f"zizmor gave no result: {failure}", self.tool)
        return issues, unread

    def _run(
        self, folder: CleanFolder, inputs: Sequence[str], names: Sequence[str], due: float
    ) -> tuple[list[WorkflowIssue], list[UnreadFile]]:
        """Raises `CommandFailed` also where what it wrote is no result."""
        seconds = due - time.monotonic()
        if seconds <= 0:
            raise CommandFailed("there was no time left")
        command = [*self.command, *_OPTIONS, *inputs]
        answer = bounded_command.run_in(
            folder.path, command, seconds, {"HOME": str(folder.path)}, memory_bytes=self.memory_bytes
        )
        if answer.code == _NOTHING_READABLE and not answer.output:
            done: set[str] = set()
            issues: list[WorkflowIssue] = []
        elif answer.code != 0:
            raise CommandFailed(f"it ended with status {answer.code}")
        else:
            done = {name.removeprefix("./") for name in _COMPLETED.findall(answer.errors)}
            issues = list(_issues(answer.output, folder))
        unread = [
            UnreadFile(folder.paths[name], "not a file that GitHub would accept") for name in names if name not in done
        ]
        return issues, unread


def _issues(output: bytes, folder: CleanFolder) -> Iterator[WorkflowIssue]:
    """Raises `CommandFailed` for what is no such output, or speaks of files that are not here."""
    try:
        found = json_of(output.decode("utf-8", "replace"))
    except Malformed as error:
        raise CommandFailed("what it wrote is no JSON") from error
    if not isinstance(found, list):
        raise CommandFailed("what it wrote is no list of findings")
    for finding in found:
        yield _issue(table(finding), folder)


def _issue(finding: Mapping[str, object], folder: CleanFolder) -> WorkflowIssue:
    places = [table(place) for place in rows(finding.get("locations"))]
    place = next((one for one in places if table(one, "symbolic").get("kind") == "Primary"), {})
    path = folder.original(words(table(place, "symbolic", "key", "Local").get("verbatim_path")))
    row = table(place, "concrete", "location", "start_point").get("row")
    judged = table(finding, "determinations")
    if path is None or not isinstance(row, int) or not words(finding.get("ident")):
        raise CommandFailed("what it wrote names no place")
    return WorkflowIssue(
        rule=words(finding.get("ident")),
        words=words(finding.get("desc")),
        severity=words(judged.get("severity")).lower(),
        confidence=words(judged.get("confidence")).lower(),
        path=path,
        line=row + 1,
        what=words(table(place, "symbolic").get("annotation")),
        excerpt=_excerpt(
            place, row, folder.path / words(table(place, "symbolic", "key", "Local").get("verbatim_path"))
        ),
        ignored=finding.get("ignored") is True,
    )


def _excerpt(place: Mapping[str, object], row: int, file: Path) -> str:
    """What zizmor points at; of a block of commands the one line that it means, out of our own copy of the file."""
    feature = words(table(place, "concrete").get("feature"))
    if "\n" in feature and words(table(place, "symbolic").get("annotation")).startswith("may expand"):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        feature = lines[row].strip() if row < len(lines) else feature
    return feature[:_EXCERPT_CHARACTERS]
