"""Clients, whom to talk to, where their code is, and what was said in the calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_engine import locked, locked_or_added
from clientdesk.adapters.store_tables import CallRow, ClientRow, ContactRow, RepositoryRow, new_id
from clientdesk.documents.archive import call_from_bytes, call_to_bytes
from clientdesk.domain.intake import Contact, IntroCall, RepositoryAddress, client_key
from clientdesk.ports.records import ClientRecord, UnknownRecord


def register(session: Session, call: IntroCall, now: datetime) -> ClientRecord:
    """The client is locked first, so that two who register the same one do it in turn."""
    key = client_key(call.company)
    fresh = ClientRow(id=new_id(), key=key, company=call.company, registered_at=now)
    client, is_new = locked_or_added(session, fresh, ClientRow.key == key)
    client.company = call.company
    _add_contacts(session, client.id, call)
    _add_repositories(session, client.id, call)
    _add_call(session, client.id, call, now)
    session.flush()
    return _record(session, client, is_new=is_new)


def client(session: Session, client: str) -> ClientRecord:
    row = session.scalars(select(ClientRow).where(ClientRow.id == client)).one_or_none()
    if row is None:
        raise _unknown(client)
    return _record(session, row, is_new=False)


def clients(session: Session) -> tuple[ClientRecord, ...]:
    rows = session.scalars(select(ClientRow).order_by(ClientRow.key)).all()
    return tuple(_record(session, row, is_new=False) for row in rows)


def latest_call(session: Session, client: str) -> IntroCall:
    row = _latest_call(session, client)
    if row is None:
        raise _unknown(client)
    return call_from_bytes(row.content)


def locked_client(session: Session, client: str) -> ClientRow:
    """The row that whoever changes something about this client locks first."""
    row = locked(session, ClientRow, ClientRow.id == client)
    if row is None:
        raise _unknown(client)
    return row


def _unknown(client: str) -> UnknownRecord:
    return UnknownRecord(f"there is no client {client!r}")


def _add_contacts(session: Session, client: str, call: IntroCall) -> None:
    known = {row.key: row for row in session.scalars(select(ContactRow).where(ContactRow.client == client))}
    for contact in call.contacts:
        key = contact.email.casefold() or contact.name.casefold()
        if key not in known:
            known[key] = ContactRow(client=client, key=key, name=contact.name, email=contact.email)
            session.add(known[key])
        known[key].name, known[key].email = contact.name, contact.email


def _add_repositories(session: Session, client: str, call: IntroCall) -> None:
    """A credential that is named replaces the earlier one; none leaves it."""
    rows = session.scalars(select(RepositoryRow).where(RepositoryRow.client == client))
    known = {(row.address, row.ref): row for row in rows}
    for repository in call.repositories:
        key = repository.address, repository.ref
        if key not in known:
            known[key] = RepositoryRow(client=client, address=repository.address, ref=repository.ref, credential="")
            session.add(known[key])
        known[key].credential = repository.credential or known[key].credential


def _add_call(session: Session, client: str, call: IntroCall, now: datetime) -> None:
    """A call that says just what the last one said is that call, recorded again after an interruption."""
    content = call_to_bytes(call)
    latest = _latest_call(session, client)
    if latest is None or latest.content != content:
        session.add(CallRow(client=client, at=now, content=content))


def _latest_call(session: Session, client: str) -> CallRow | None:
    return session.scalars(
        select(CallRow).where(CallRow.client == client).order_by(CallRow.entry.desc()).limit(1)
    ).one_or_none()


def _record(session: Session, row: ClientRow, *, is_new: bool) -> ClientRecord:
    contacts = session.scalars(select(ContactRow).where(ContactRow.client == row.id).order_by(ContactRow.entry))
    repositories = session.scalars(
        select(RepositoryRow).where(RepositoryRow.client == row.id).order_by(RepositoryRow.entry)
    )
    return ClientRecord(
        row.id,
        row.company,
        tuple(Contact(contact.name, contact.email) for contact in contacts),
        tuple(
            RepositoryAddress(repository.address, repository.ref, repository.credential) for repository in repositories
        ),
        is_new,
    )
