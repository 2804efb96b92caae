"""What is kept for years: audits, library surveys, proposals and intro calls as JSON, read back without loss."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from clientdesk.audit.library_survey import LibrarySurvey
from clientdesk.audit.report import AuditReport
from clientdesk.domain.intake import IntroCall
from clientdesk.domain.proposal import Proposal
from clientdesk.domain.refusal import Refusal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kept = TypeVar("Kept", bound="DataclassInstance")

_VERSION = 1


class UnreadableArchive(Refusal):
    """Bytes that are not what was kept: damaged, of another kind, or written by a newer version."""


def audit_to_bytes(report: AuditReport) -> bytes:
    return _to_bytes("audit-report", report)


def audit_from_bytes(content: bytes) -> AuditReport:
    """Raises `UnreadableArchive`."""
    return _from_bytes("audit-report", AuditReport, content)


def proposal_to_bytes(proposal: Proposal) -> bytes:
    return _to_bytes("proposal", proposal)


def proposal_from_bytes(content: bytes) -> Proposal:
    """Raises `UnreadableArchive`."""
    return _from_bytes("proposal", Proposal, content)


def call_to_bytes(call: IntroCall) -> bytes:
    return _to_bytes("intro-call", call)


def call_from_bytes(content: bytes) -> IntroCall:
    """Raises `UnreadableArchive`."""
    return _from_bytes("intro-call", IntroCall, content)


def survey_to_bytes(survey: LibrarySurvey) -> bytes:
    return _to_bytes("library-survey", survey)


def survey_from_bytes(content: bytes) -> LibrarySurvey:
    """Raises `UnreadableArchive`."""
    return _from_bytes("library-survey", LibrarySurvey, content)


@cache
def _adapter(kind: type[Kept]) -> TypeAdapter[Kept]:
    return TypeAdapter(kind)


def _to_bytes(name: str, value: DataclassInstance) -> bytes:
    """Canonical: equal values give equal bytes. Decimals are text, so that 1.50 stays 1.50."""
    _refuse_naive(value, name)
    content = _adapter(type(value)).dump_python(value, mode="json")
    kept = {"format": f"clientdesk.{name}", "version": _VERSION, "content": content}
    # ASCII, because a file name of a client's repository need not be valid Unicode.
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _from_bytes(name: str, kind: type[Kept], content: bytes) -> Kept:
    try:
        kept = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableArchive(f"this is no {name} that was kept here: it is not JSON ({error})") from error
    if not isinstance(kept, dict) or kept.get("format") != f"clientdesk.{name}":
        raise UnreadableArchive(f"this is no {name} that was kept here: its format is not clientdesk.{name}")
    if kept.get("version") != _VERSION:
        raise UnreadableArchive(
            f"this {name} is of version {kept.get('version')!r}, this program reads version {_VERSION}: update it"
        )
    try:
        value: Kept = _adapter(kind).validate_python(kept.get("content"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "content"
        raise UnreadableArchive(f"this {name} is damaged: {place}: {first['msg']}") from error
    return value


def _refuse_naive(value: object, place: str) -> None:
    """A datetime without a zone would be read back as an instant that nobody meant."""
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError(f"{place} has no time zone")
    if is_dataclass(value):
        for field in fields(value):
            _refuse_naive(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, tuple):
        for item in value:
            _refuse_naive(item, place)
