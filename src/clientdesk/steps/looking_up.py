"""What a person names on the command line, found: a number, an id, or the first characters of an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from clientdesk.domain.capacity import Absence
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.windows import WindowState
from clientdesk.ports.mail import Message
from clientdesk.ports.records import AuditRecord, ClientRecord, ProposalRecord
from clientdesk.ports.store import Store
from clientdesk.ports.windows import Agreement, WindowRecord, Windows

_SHORTEST = 4
_Record = TypeVar("_Record", Absence, AuditRecord, ClientRecord, Message, ProposalRecord, WindowRecord)


class NotFound(Refusal):
    """Nothing has this name, or more than one thing has."""


def client_named(store: Store, text: str) -> ClientRecord:
    """By the company's name as it was registered (small letters will do), id, or the id's beginning."""
    wanted, clients = text.strip(), store.clients()
    found = [client for client in clients if client.company.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    return _by_id("client", wanted, {client.id: client for client in clients}, "clientdesk portfolio list")


def proposal_named(store: Store, text: str) -> ProposalRecord:
    """By number ("P-2026-0042-R2"), id, or the id's beginning."""
    wanted, records = text.strip(), store.proposals()
    for record in records:
        if record.number and record.number.casefold() == wanted.casefold():
            return record
    return _by_id("proposal", wanted, {record.id: record for record in records}, "clientdesk proposal list")


def mail_named(store: Store, text: str) -> Message:
    """By id or its beginning."""
    return _by_id("mail", text.strip(), {mail.id: mail for mail in store.messages()}, "clientdesk outbox list")


def window_named(windows: Windows, text: str, today: date) -> WindowRecord:
    """By id or its beginning, or by the company's name: its next window from today on that is booked or runs."""
    wanted = text.strip()
    clients = {each.client for each in windows.agreements() if each.company.casefold() == wanted.casefold()}
    if len(clients) == 1:
        going_on = windows.windows(today, client=clients.pop(), states={WindowState.BOOKED, WindowState.STARTED})
        if not going_on:
            raise NotFound(f"no window of {wanted[:60]} is booked (see: clientdesk window list)")
        return going_on[0]
    records = windows.windows(states=frozenset(WindowState) - {WindowState.HELD})
    return _by_id("window", wanted, {record.id: record for record in records}, "clientdesk window list")


def agreement_named(windows: Windows, text: str) -> Agreement:
    """By the company's name or the number of the proposal that it accepted."""
    wanted = text.strip().casefold()
    found = [each for each in windows.agreements() if wanted in {each.company.casefold(), each.number.casefold()}]
    if len(found) != 1:
        raise NotFound(f"{len(found) or 'no'} clients with an accepted proposal are named {text.strip()[:60]!r}")
    return found[0]


def absence_named(windows: Windows, text: str) -> Absence:
    """By id or its beginning."""
    known = {absence.id: absence for absence in windows.absences()}
    return _by_id("absence", text.strip(), known, "clientdesk calendar absence list")


def audit_named(store: Store, text: str) -> AuditRecord:
    """By id or its beginning."""
    return _by_id("audit", text.strip(), {audit.id: audit for audit in kept_audits(store)}, "clientdesk estimate")


def kept_audits(store: Store) -> tuple[AuditRecord, ...]:
    """Of all clients, newest first."""
    audits = (audit for client in store.clients() for audit in store.audits_of(client.id))
    return tuple(sorted(audits, key=lambda audit: audit.audited_at, reverse=True))


def short(record: str, among: Iterable[str] = ()) -> str:
    """The id's beginning as lists print it: eight characters, more where another begins alike."""
    length = 8
    while any(other != record and other.startswith(record[:length]) for other in among):
        length += 4
    return record[:length]


def _by_id(kind: str, wanted: str, records: Mapping[str, _Record], listed_by: str) -> _Record:
    if wanted in records:
        return records[wanted]
    found = [name for name in records if name.startswith(wanted)] if len(wanted) >= _SHORTEST else []
    if len(found) > 1:
        raise NotFound(f"{len(found)} {kind}s begin with {wanted!r}: give more of the id (see: {listed_by})")
    if not found:
        raise NotFound(f"there is no {kind} {wanted[:60]!r} (see: {listed_by})")
    return records[found[0]]
