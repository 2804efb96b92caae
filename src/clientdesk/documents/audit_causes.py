"""What an estimate needs of the file that `clientdesk audit --format json` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from clientdesk.audit.result import SEVERITY_ORDER, Severity
from clientdesk.documents.audit_json import SCHEMA_VERSION
from clientdesk.domain.estimating import Cause
from clientdesk.domain.refusal import Refusal

_MOST_BYTES = 200_000_000


class NoAuditFile(Refusal):
    """A file that holds no audit; the message says what would do."""


@dataclass(frozen=True, slots=True)
class AuditCauses:
    """The findings of one repository at one commit, as the estimate sees them."""

    repository: str
    commit: str
    causes: tuple[Cause, ...]


class _Finding(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    severity: Severity
    title: str
    cause: str = ""
    effort: str = ""


class _Audit(BaseModel):
    model_config = ConfigDict(extra="ignore")
    schema_version: int
    repository: str
    commit: str
    findings: list[_Finding]


def causes_in(content: bytes, name: str) -> AuditCauses:
    """Raises `NoAuditFile`. What an engineer's profile set aside is not among the findings."""
    if len(content) > _MOST_BYTES:
        raise NoAuditFile(f"{name} is larger than any audit: {len(content)} bytes")
    try:
        audit = _Audit.model_validate(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise NoAuditFile(
            f"{name} is no audit: {_said(error)}; `clientdesk audit … --format json` writes one"
        ) from error
    if audit.schema_version != SCHEMA_VERSION:
        raise NoAuditFile(f"{name} is of version {audit.schema_version}; this program reads version {SCHEMA_VERSION}")
    causes = (
        Cause(each.id, each.cause, each.effort, SEVERITY_ORDER[each.severity], each.title) for each in audit.findings
    )
    return AuditCauses(audit.repository, audit.commit, tuple(causes))


def _said(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it is not JSON"
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'content'}: {first['msg']}"
