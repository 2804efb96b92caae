"""The register of secrets in the database: names and places."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.sprint_tables import ClientSecretRow
from clientdesk.adapters.store_clients import locked_client
from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.ports.records import UnknownRecord


def secrets_of(session: Session, client: str) -> tuple[RegisteredSecret, ...]:
    rows = select(ClientSecretRow).where(ClientSecretRow.client == client).order_by(ClientSecretRow.key)
    return tuple(map(_record, session.scalars(rows)))


def keep(session: Session, client: str, secret: RegisteredSecret) -> RegisteredSecret:
    locked_client(session, client)
    row = _found(session, client, secret.key)
    if row is None:
        row = ClientSecretRow(client=client, key=secret.key, name=secret.name, place=secret.place)
        session.add(row)
    known = row.rotated_on
    row.owner, row.every_days = secret.owner, secret.every_days
    row.rotated_on = max(filter(None, (known, secret.rotated_on)), default=None)
    session.flush()
    return _record(row)


def rotated(session: Session, client: str, key: str, on: date) -> RegisteredSecret:
    row = _there(session, client, key)
    row.rotated_on = max(row.rotated_on or on, on)
    session.flush()
    return _record(row)


def forget(session: Session, client: str, key: str) -> RegisteredSecret:
    row = _there(session, client, key)
    secret = _record(row)
    session.delete(row)
    return secret


def _there(session: Session, client: str, key: str) -> ClientSecretRow:
    locked_client(session, client)
    row = _found(session, client, key)
    if row is None:
        raise UnknownRecord("there is no such secret in the register (see: clientdesk secrets list)")
    return row


def _found(session: Session, client: str, key: str) -> ClientSecretRow | None:
    rows = select(ClientSecretRow).where(ClientSecretRow.client == client, ClientSecretRow.key == key)
    return session.scalars(rows).one_or_none()


def _record(row: ClientSecretRow) -> RegisteredSecret:
    return RegisteredSecret(row.name, row.place, row.owner, row.every_days, row.rotated_on)
