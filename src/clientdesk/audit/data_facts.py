"""What the code does with records and packages, fact by fact, as the analysers see it: matter for judgement only."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.audit.repository import ToolKey, UnreadFile
from clientdesk.audit.result import Tool


@dataclass(frozen=True, slots=True)
class Association:
    """A record of `model` leads to others under `name`; `many` if to any number. `name` "*" for all: loaded always."""

    path: str
    line: int
    model: str
    name: str
    many: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Records of `model` kept under `name` ("@posts") in `scope` (an action); `eager` if others are loaded with them.

    `whole` if nothing narrows or limits them.
    """

    path: str
    line: int
    scope: str
    name: str
    model: str
    eager: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class RowLoop:
    """A loop over `source` (a model, or a name with rows) that reads `reads` of each record and uses it further."""

    path: str
    line: int
    scope: str
    source: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An action gives out records as JSON: `source` is a model or a name with rows; `whole` if all of them."""

    path: str
    line: int
    scope: str
    source: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Import:
    """A package taken in whole by a script."""

    path: str
    line: int
    package: str


@dataclass(frozen=True, slots=True)
class DataReport:
    tool: Tool
    associations: tuple[Association, ...] = ()
    rows: tuple[Rows, ...] = ()
    loops: tuple[RowLoop, ...] = ()
    answers: tuple[Answer, ...] = ()
    imports: tuple[Import, ...] = ()
    unread: tuple[UnreadFile, ...] = ()


PYTHON_DATA: ToolKey[DataReport] = ToolKey("clientdesk data rules for Python")
OTHER_DATA: ToolKey[DataReport] = ToolKey("clientdesk data rules")
