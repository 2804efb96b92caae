"""All that a check may see of a repository: names, texts, history and what the tools said. Never a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from clientdesk.audit.result import Severity, Tool

Report = TypeVar("Report")
TEXT_LIMIT = 1_000_000  # bytes of a file that people write; lockfiles are larger


class Unreadable(Exception):
    """One file's text can't be had: too large, binary, a link. The message says which."""


class ToolFailed(Exception):
    """A tool gave no result that can be judged: missing, crashed, over its limit, unreachable service."""

    def __init__(self, reason: str, tool: Tool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tool = tool


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the commit. `size` in bytes; a link is never followed; `blob` is git's id of the content."""

    path: str
    size: int
    blob: str
    is_link: bool = False
    is_executable: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote commits; `key` is the mail address in lower case, hashed, so that reports can't leak it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the history: when, by whom, which paths it touched (under their name of today)."""

    id: str
    at: datetime
    author: Author
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Commits, newest first. `complete` is false where the clone is shallow or the reading hit its limit."""

    commits: tuple[Commit, ...] = ()
    tags: tuple[tuple[str, datetime], ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ToolKey(Generic[Report]):
    """Names a tool's report and carries its type: `repository.tool(RADON)` is a `RadonReport`."""

    name: str


class Repository(Protocol):
    """One commit of one repository. Every answer is about that commit and stays the same."""

    @property
    def address(self) -> str:
        """For print: without user names, passwords or tokens."""

    @property
    def commit(self) -> str: ...

    @property
    def ref(self) -> str:
        """The branch, tag or commit asked for, or the default branch."""

    @property
    def committed_at(self) -> datetime: ...

    @property
    def files(self) -> Sequence[FileEntry]:
        """Every file of the commit, sorted by path; submodules are left out."""

    def text(self, path: str, limit: int = TEXT_LIMIT) -> str:
        """The file's text, undecodable bytes replaced; raises `Unreadable`, and `KeyError` for a path not there.

        Larger files than `limit` (bytes) are unreadable: whoever asks says how much it can stand.
        """

    def history(self) -> History: ...

    def tool(self, key: ToolKey[Report]) -> Report:
        """What the tool said, run at most once per repository; raises `ToolFailed`."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that a tool could not assess, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or class as the complexity analysers see it. Lines count from 1, both ends included."""

    path: str
    name: str
    kind: str
    line: int
    end_line: int
    complexity: int


@dataclass(frozen=True, slots=True)
class FileFigures:
    """One file's raw figures. `maintainability` is radon's index 0 to 100, None where it is not defined."""

    path: str
    language: str
    loc: int
    sloc: int
    comments: int
    blank: int
    maintainability: float | None = None


@dataclass(frozen=True, slots=True)
class ComplexityReport:
    """Functions and figures in the order of their files: those of one file stand together."""

    tool: Tool
    functions: Sequence[Function]
    files: Sequence[FileFigures]
    unread: tuple[UnreadFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityIssue:
    """A place that breaks a rule, in the words of the rule: bandit's, or ours for other languages.

    `suppressed`: a `# nosec` in the client's code hides it.
    """

    path: str
    line: int
    test_id: str
    test_name: str
    severity: str
    confidence: str
    text: str
    code: str
    cwe: int = 0
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class SecurityReport:
    tool: Tool
    issues: tuple[SecurityIssue, ...]
    files: int
    unread: tuple[UnreadFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package a repository depends on. `version` "" where no exact one is written.

    `direct` and `development` are None where the file does not say.
    """

    ecosystem: str
    name: str
    version: str
    path: str
    line: int = 0
    direct: bool | None = None
    development: bool | None = None


@dataclass(frozen=True, slots=True)
class Advisory:
    """A known vulnerability of a package in use.

    `fixed_in` is the nearest version above in which it is mended, if there is one; where none is named, `last_affected`
    may be the last version it is known for. `severity` None where nobody said; `score` is the base score of CVSS, 0 to
    10. `upgrade_to` is the nearest version against which nothing at all is known, "" where that could not be told.
    """

    id: str
    aliases: tuple[str, ...]
    package: Package
    summary: str
    fixed_in: tuple[str, ...]
    severity: Severity | None = None
    score: float | None = None
    last_affected: str = ""
    upgrade_to: str = ""


@dataclass(frozen=True, slots=True)
class AdvisoryReport:
    """What was looked up and where. Whatever is in `not_examined` (package, reason) was not.

    `mirrored` names the ecosystems that were looked up in a local copy alone, with the day of its newest entry (None
    where it has no dates).
    """

    tool: Tool
    source: str
    examined: tuple[Package, ...]
    advisories: tuple[Advisory, ...]
    not_examined: tuple[tuple[Package, str], ...] = field(default=())
    mirrored: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One version as its index lists it. `on` None where the index does not say; `withdrawn` is why, "" if it is not.

    Withdrawn is what PyPI calls yanked and npm deprecated.
    """

    version: str
    on: date | None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class PackageReleases:
    """A package as its index knows it. `abandoned` is what its publishers say of all of it, "" if they go on.

    `changelog` is the address where its changes are told, "" where the index names none.
    """

    ecosystem: str
    name: str
    releases: tuple[Release, ...]
    abandoned: str = ""
    changelog: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What package indexes said of direct dependencies. Whatever is in `not_asked` (package, reason) was not."""

    tool: Tool
    source: str
    packages: tuple[tuple[Package, PackageReleases], ...]
    not_asked: tuple[tuple[Package, str], ...] = ()


PYTHON_COMPLEXITY: ToolKey[ComplexityReport] = ToolKey("radon")
OTHER_COMPLEXITY: ToolKey[ComplexityReport] = ToolKey("tree-sitter")
PYTHON_SECURITY: ToolKey[SecurityReport] = ToolKey("bandit")
OTHER_SECURITY: ToolKey[SecurityReport] = ToolKey("clientdesk rules")
ADVISORIES: ToolKey[AdvisoryReport] = ToolKey("advisories")
RELEASES: ToolKey[ReleaseReport] = ToolKey("package indexes")
