"""An audit in the form somebody asked for: for the terminal, a program, a browser, paper, a code-scanning service."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from clientdesk.audit.report import AuditReport
from clientdesk.documents.audit_json import audit_as_json
from clientdesk.documents.audit_report import audit_view
from clientdesk.documents.audit_text import audit_as_text
from clientdesk.documents.sarif import audit_as_sarif
from clientdesk.domain.estimating import Factor
from clientdesk.steps.desk import Desk
from clientdesk.steps.pricing import estimate_of


def audit_as(desk: Desk, report: AuditReport, kind: str) -> bytes:
    """The report's bytes in one of `FORMATS`."""
    return FORMATS[kind](desk, report)


def audit_pdf(desk: Desk, report: AuditReport, factors: Mapping[str, Factor] | None = None, locale: str = "") -> bytes:
    """The report for print; the same report gives the same bytes. `factors` are what experience says about work.

    In the language of `locale`, else in the agency's own.
    """
    return desk.press.pdf("audit-report", _view(desk, report, factors, locale), report.audited_at)


def _html(desk: Desk, report: AuditReport) -> bytes:
    return desk.press.html("audit-page", _view(desk, report)).encode()


def _view(
    desk: Desk, report: AuditReport, factors: Mapping[str, Factor] | None = None, locale: str = ""
) -> dict[str, object]:
    estimate = estimate_of(desk.agency, [report], factors)
    return audit_view(report, desk.agency, locale or desk.agency.proposals.locale, estimate)


def _as_json(value: object) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"


FORMATS: Mapping[str, Callable[[Desk, AuditReport], bytes]] = {
    "text": lambda _desk, report: audit_as_text(report).encode(),
    "json": lambda _desk, report: _as_json(audit_as_json(report)),
    "html": _html,
    "pdf": audit_pdf,
    "sarif": lambda _desk, report: _as_json(audit_as_sarif(report)),
}
