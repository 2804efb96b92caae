"""Audits kept, and who answers for them."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked_or_added
from clientdesk.adapters.store_tables import AuditRow, SignOffRow, new_id
from clientdesk.audit.report import AuditReport, Judgement, SignOff
from clientdesk.audit.result import Severity
from clientdesk.ports.records import AuditRecord, UnknownRecord


def keep_audit(
    session: Session, client: str, report: AuditReport, document: str, sha256: str, audit: str
) -> AuditRecord:
    locked_client(session, client)
    known = session.scalars(select(AuditRow).where(AuditRow.id == audit)).one_or_none()
    if known is not None:
        return _record(session, known)
    fresh = AuditRow(
        id=audit or new_id(),
        client=client,
        repository=report.repository,
        commit=report.commit,
        audited_at=report.audited_at,
        document=document,
        sha256=sha256,
    )
    row, _ = locked_or_added(session, fresh, AuditRow.client == client, AuditRow.sha256 == sha256)
    return _record(session, row)


def audit(session: Session, audit: str) -> AuditRecord:
    return _record(session, audit_row(session, audit))


def audits_of(session: Session, client: str) -> tuple[AuditRecord, ...]:
    rows = session.scalars(
        select(AuditRow).where(AuditRow.client == client).order_by(AuditRow.audited_at.desc(), AuditRow.entry.desc())
    ).all()
    return tuple(_record(session, row) for row in rows)


def sign_off(session: Session, audit: str, sign_off: SignOff) -> None:
    locked_client(session, audit_row(session, audit).client)
    if _latest_sign_off(session, audit) != sign_off:
        session.add(
            SignOffRow(
                audit=audit,
                engineer=sign_off.engineer,
                at=sign_off.at,
                notes=sign_off.notes,
                judgements=_written(sign_off.judgements),
            )
        )


def audit_row(session: Session, audit: str) -> AuditRow:
    row = session.scalars(select(AuditRow).where(AuditRow.id == audit)).one_or_none()
    if row is None:
        raise UnknownRecord(f"there is no audit {audit!r}")
    return row


def _latest_sign_off(session: Session, audit: str) -> SignOff | None:
    row = session.scalars(
        select(SignOffRow).where(SignOffRow.audit == audit).order_by(SignOffRow.entry.desc()).limit(1)
    ).one_or_none()
    return SignOff(row.engineer, row.at, row.notes, _read(row.judgements)) if row else None


def _written(judgements: tuple[Judgement, ...]) -> str:
    return json.dumps([[j.finding, j.before, j.after, j.why] for j in judgements]) if judgements else ""


def _read(text: str) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(finding, Severity(before), Severity(after), why)
        for finding, before, after, why in (json.loads(text) if text else ())
    )


def _record(session: Session, row: AuditRow) -> AuditRecord:
    return AuditRecord(
        row.id,
        row.client,
        row.repository,
        row.commit,
        row.audited_at,
        row.document,
        row.sha256,
        _latest_sign_off(session, row.id),
    )
