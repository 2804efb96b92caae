"""What the scanners of secrets, workflows and Docker files say of a repository."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clientdesk.audit.repository import ToolKey, UnreadFile
from clientdesk.audit.result import Tool


class Doubt(StrEnum):
    """Why something that looks like a secret may be none, or open nothing."""

    NONE = ""
    ENCODED_DATA = "amid encoded data"
    OWN_MACHINE = "for a service on the developer's own machine"
    PLACEHOLDER = "plainly something to be filled in"


@dataclass(frozen=True, slots=True)
class Leak:
    """A place where a secret stands. The secret itself is nowhere here: `digest` is 12 hex digits of its SHA-256.

    `rule` and `words` are the tool's; `shown` is as much of it as may be printed. `commit` "" is the commit audited.
    """

    rule: str
    words: str
    confidence: str
    path: str
    line: int
    digest: str
    shown: str
    commit: str = ""
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class SecretReport:
    """Of the files of the commit audited."""

    tool: Tool
    leaks: tuple[Leak, ...]
    files: int
    unread: tuple[UnreadFile, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """Of all contents that the history of the commit ever had. `limits` says what was left out, "" if nothing."""

    tool: Tool
    leaks: tuple[Leak, ...]
    contents: int
    limits: str = ""


@dataclass(frozen=True, slots=True)
class WorkflowIssue:
    """One of zizmor's findings in its own words; `excerpt` is the text it points at, `what` says what of it.

    `ignored`: a comment in the client's file hides it.
    """

    rule: str
    words: str
    severity: str
    confidence: str
    path: str
    line: int
    what: str
    excerpt: str
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class WorkflowReport:
    tool: Tool
    issues: tuple[WorkflowIssue, ...]
    files: int
    unread: tuple[UnreadFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DockerIssue:
    """One of hadolint's findings in its own words; `ignored`: a comment in the client's file hides it."""

    rule: str
    level: str
    text: str
    path: str
    line: int
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class DockerReport:
    tool: Tool
    issues: tuple[DockerIssue, ...]
    files: int
    unread: tuple[UnreadFile, ...] = ()


SECRETS: ToolKey[SecretReport] = ToolKey("kingfisher")
HISTORY_SECRETS: ToolKey[HistoryReport] = ToolKey("kingfisher-history")
WORKFLOW_SECURITY: ToolKey[WorkflowReport] = ToolKey("zizmor")
DOCKER_LINT: ToolKey[DockerReport] = ToolKey("hadolint")
