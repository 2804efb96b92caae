"""What is shown of the work while it goes on: taken from the records, laid out by `documents.artifacts`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientdesk.audit.report import AuditReport
from clientdesk.documents.artifacts import (
    PICTURE,
    audits_markdown,
    brief_markdown,
    estimate_markdown,
    evidence_markdown,
    finding_facts,
    finding_rows,
    proposal_markdown,
)
from clientdesk.documents.audit_report import severity_chart
from clientdesk.documents.client_text import printable
from clientdesk.documents.markdown import listing
from clientdesk.domain.naming import folded, repository_name
from clientdesk.steps.auditing import kept_audit, pdf_of
from clientdesk.steps.desk import Desk
from clientdesk.steps.intake import IntakeBrief
from clientdesk.steps.publishing import TEAM, kept_proposal, preview_of

_NAME, _ID = 40, 8
_TITLE, _FILE = 18, 15


def key_of(desk: Desk, what: str, client: str) -> str:
    """An artifact's key: the same for the same client, so that each run adds to its history."""
    company = folded(desk.store.client(client).company)
    words = f"{what} {company[:_NAME]} {client[:_ID]}".lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def repository_key_of(desk: Desk, what: str, client: str, address: str) -> str:
    """As `key_of`, for one of the client's repositories."""
    return key_of(desk, f"{what} {repository_name(address)[:_NAME]}", client)


def brief_of(desk: Desk, brief: IntakeBrief) -> str:
    return brief_markdown(desk.store.latest_call(brief.client), brief.fit, brief.sanity)


def audits_of(desk: Desk, audits: Sequence[str]) -> str:
    places = [desk.documents.place(pdf_of(desk.store.audit(audit))) for audit in audits]
    return audits_markdown([kept_audit(desk, audit) for audit in audits], places)


def audits_pictured(desk: Desk, audits: Sequence[str]) -> str:
    """Likewise, with a picture of each one's findings: for a page with room for it."""
    reports = [kept_audit(desk, audit) for audit in audits]
    places = [desk.documents.place(pdf_of(desk.store.audit(audit))) for audit in audits]
    return audits_markdown(reports, places, [_picture(desk, report) for report in reports])


def _picture(desk: Desk, report: AuditReport) -> bytes:
    return desk.press.picture(severity_chart(report.findings), PICTURE) if report.findings else b""


def findings_of(desk: Desk, audits: Sequence[str]) -> str:
    return listing(finding_rows([kept_audit(desk, audit) for audit in audits]))


def finding_choices(desk: Desk, audits: Sequence[str]) -> list[str]:
    """Every finding by its number, for a drop-down: as much of title and file as fits its box."""
    rows = finding_facts([kept_audit(desk, audit) for audit in audits])
    return [_choice(number, title, where) for number, _, _, title, where in rows]


def _choice(number: str, title: str, where: str) -> str:
    file = printable(where.rpartition("/")[2], _FILE)
    return f"{number} {printable(title, _TITLE)}, {file}" if file else f"{number} {printable(title, _TITLE + _FILE)}"


def estimate_shown(desk: Desk, proposal: str) -> str:
    return estimate_markdown(kept_proposal(desk, desk.store.proposal(proposal)).estimate, TEAM)


def release_shown(desk: Desk, proposal: str) -> str:
    """The proposal, the audits and the hours that it rests on, for the account lead."""
    kept = kept_proposal(desk, desk.store.proposal(proposal))
    reports = [kept_audit(desk, audit) for audit in kept.audits]
    rests_on = evidence_markdown(reports, TEAM, desk.agency.office_hours.zone)
    return "\n\n".join([proposal_shown(desk, proposal), rests_on, estimate_shown(desk, proposal)])


def proposal_shown(desk: Desk, proposal: str) -> str:
    record = desk.store.proposal(proposal)
    place = desk.documents.place(record.pdf or preview_of(record))
    return proposal_markdown(kept_proposal(desk, record), TEAM, [place])
