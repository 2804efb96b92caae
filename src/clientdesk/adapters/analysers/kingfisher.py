"""Runs kingfisher: it asks nobody whether a secret still works, looks for no update, and repeats no secret."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution, version
from itertools import takewhile
from pathlib import Path
from threading import Lock

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.far_sighted_rules import RULES_FILE
from clientdesk.audit.result import Tool
from clientdesk.audit.untyped import Malformed, json_of, rows, table, words

# By itself it would try each secret at its provider. Archives and binary formats are more parsers than a look needs.
_OPTIONS = (
    *("--no-validate", "--redact", "--no-update-check", "--quiet", "--format", "json"),
    *("--no-dedup", "--no-ignore", "--no-extract-archives", "--no-binary"),
)
# Of a repository that we wrote: its one commit, and all that is in it.
PACK_OPTIONS = ("--git-history", "full")
LARGEST_FILE = 5_000_000
# As kingfisher tells what is no text.
_MOST_NULS = 4
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_EVERYTHING = ("--include-hidden-findings", "--confidence", "low")
_ENDED_WELL = {0, 200}  # 200: with findings
_COMPILED = "*.vscdb"
# Nobody listens there. It has nothing to ask anybody; this is for the day it thinks so.
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place as kingfisher names it. `first` and `last` are bytes of the line, from 0, both included.

    `mark` stands for the secret: the same for the same one, within one scan only.
    """

    rule: str
    words: str
    confidence: str
    path: str
    line: int
    first: int
    last: int
    mark: str
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """`is_whole` is false where contents are missing in what was to be scanned."""

    hits: tuple[Hit, ...]
    contents: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Kingfisher:
    """`rules_folder` keeps its compiled rules, which take seconds to make (None: made each time).

    Where none are kept yet, the first scan makes them, and one that begins meanwhile waits instead of making them too.
    """

    rules_folder: Path | None = None
    command: Sequence[str] = ()
    memory_bytes: int = 3 << 30
    proxy: str = _NOWHERE
    _compiling: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @property
    def tool(self) -> Tool:
        try:
            return Tool("kingfisher", version("kingfisher-bin"))
        except PackageNotFoundError:
            return Tool("kingfisher", "")

    def scan(self, folder: Path, arguments: Sequence[str], due: float, *, everything: bool = False) -> Scanned:
        """In `folder`, until the clock `time.monotonic` shows `due`; raises `CommandFailed` for all but a result.

        With `everything`, also what counts only together with something else, and the parts of far-sighted rules.
        """
        more = _EVERYTHING if everything else ()
        with self._rules(due) as rules:
            command = [*(self.command or (_binary(),)), "scan", *arguments, *_OPTIONS, *more, *rules]
            answer = bounded_command.run_in(
                folder, command, _until(due), self._environment(folder), memory_bytes=self.memory_bytes
            )
        if answer.code not in _ENDED_WELL:
            raise CommandFailed(f"it ended with status {answer.code}")
        return _scanned(answer.output, sum(1 for _ in takewhile(_is_input, arguments)))

    @contextmanager
    def _rules(self, due: float) -> Iterator[tuple[str, ...]]:
        """Always with ours, which no ordinary scan tells of: another set would have to be compiled too."""
        kept = ("--rule-cache-dir", str(self.rules_folder)) if self.rules_folder else ("--no-rule-cache",)
        with self._turn(due), tempfile.NamedTemporaryFile("w", prefix="clientdesk-", suffix=".yml") as rules:
            rules.write(RULES_FILE)
            rules.flush()
            yield ("--rules-path", rules.name, *kept)

    @contextmanager
    def _turn(self, due: float) -> Iterator[None]:
        if not self.rules_folder or any(self.rules_folder.glob(_COMPILED)):
            yield
        elif self._compiling.acquire(timeout=_until(due)):
            try:
                yield
            finally:
                self._compiling.release()
        else:
            raise CommandFailed("there was no time left")

    def _environment(self, folder: Path) -> dict[str, str]:
        """Nothing of ours: it would read tokens, settings and proxies there."""
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), self.proxy)
        return {"HOME": str(folder), "NO_PROXY": "", **proxies}


def text_of(content: bytes) -> bytes:
    """What there is to scan: UTF-8, so that places in it can be told; b"" of what is no text, or too large."""
    if content[:2] in UTF_16 and len(content) <= LARGEST_FILE:
        return content.decode("utf-16", "replace").encode()
    return content if is_text(len(content), content.count(0)) else b""


def is_text(size: int, zeros: int) -> bool:
    """Whether a content of so many bytes, so many of them zero, is scanned; those in UTF-16 are in any case."""
    return 0 < size <= LARGEST_FILE and zeros <= _MOST_NULS


def _until(due: float) -> float:
    seconds = due - time.monotonic()
    if seconds <= 0:
        raise CommandFailed("there was no time left")
    return seconds


def _binary() -> str:
    """The program itself, without the script that would start a Python first."""
    for file in distribution("kingfisher-bin").files or ():
        if file.match("kingfisher/bin/kingfisher*"):
            return str(file.locate())
    raise CommandFailed("the program is not in its package")


def _is_input(argument: str) -> bool:
    return not argument.startswith("--")


def _scanned(output: bytes, inputs: int) -> Scanned:
    try:
        document = json_of(output.decode("utf-8", "replace"))
    except Malformed as error:
        raise CommandFailed("what it wrote is no JSON") from error
    runs = [table(run) for run in rows(table(document, "audit").get("repositories"))]
    found = table(document).get("findings")
    if len(runs) != inputs or not isinstance(found, list):
        raise CommandFailed("what it wrote is no report of a scan")
    ends = {words(table(run, "scan").get("status")) for run in runs}
    for status in ends - {"completed", "partial"}:
        raise CommandFailed(f'it calls its own scan "{status}"')
    contents = sum(_number(table(run, "stats"), "blobs_scanned") for run in runs)
    hits = tuple(_hit(table(one)) for one in found)
    return Scanned(hits, contents, ends == {"completed"})


def _hit(found: Mapping[str, object]) -> Hit:
    rule, place = table(found, "rule"), table(found, "finding")
    name, path = words(rule.get("name")), words(place.get("path"))
    if not name or not path:
        raise CommandFailed("what it wrote names no rule or place")
    return Hit(
        rule=name,
        words=words(rule.get("description")),
        confidence=words(place.get("confidence")),
        path=path,
        line=_number(place, "line"),
        first=_number(place, "column_start"),
        last=_number(place, "column_end"),
        mark=words(place.get("snippet")),
        commit=words(table(place, "git_metadata", "commit").get("id")),
    )


def _number(row: Mapping[str, object], key: str) -> int:
    value = row.get(key)
    if not isinstance(value, int):
        raise CommandFailed(f"what it wrote has no {key}")
    return value
