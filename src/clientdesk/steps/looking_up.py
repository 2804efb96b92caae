"""What a person names on the command line or in a form, found: by name, number, id, or a part of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from clientdesk.documents.client_text import printable
from clientdesk.domain.capacity import Absence
from clientdesk.domain.naming import Named, meant, nearest
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.windows import WindowState
from clientdesk.ports.mail import Message
from clientdesk.ports.records import AuditRecord, ClientRecord, ProposalRecord
from clientdesk.ports.store import Store
from clientdesk.ports.windows import Agreement, WindowRecord, Windows

_SHORTEST = 4
_MOST_LISTED = 6
_Record = TypeVar("_Record", Absence, AuditRecord, ClientRecord, Message, ProposalRecord, WindowRecord)


class NotFound(Refusal):
    """Nothing has this name, or more than one thing has; `choices` are what may be meant, the likeliest first.

    `question` is the message for whoever has the choices before their eyes.
    """

    def __init__(self, message: str, choices: Sequence[Named] = (), question: str = "") -> None:
        super().__init__(message)
        self.choices, self.question = tuple(choices), question or message


def client_named(store: Store, text: str) -> ClientRecord:
    """By the company's name or words of it, id or its beginning, address or name of a repository."""
    clients = {client.id: client for client in store.clients()}
    known = [Named(each.id, each.company, tuple(r.address for r in each.repositories)) for each in clients.values()]
    return clients[one_meant("client", text, known, "clientdesk portfolio list").id]


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
    """By id or its beginning, or as an agreement is named: its next window from today on that is booked or runs."""
    records = {each.id: each for each in windows.windows(states=frozenset(WindowState) - {WindowState.HELD})}
    by_id = [records[name] for name in _begin_with(text.strip(), records)]
    owners = _clients_of(windows)
    if len(by_id) == 1 and not meant(text, owners):
        return by_id[0]
    owner = one_meant("window", text, owners, "clientdesk window list")
    going_on = windows.windows(today, client=owner.id, states={WindowState.BOOKED, WindowState.STARTED})
    if not going_on:
        problem = f"no window of {_said(owner.name)} is booked"
        others = _with_a_window(windows, today)
        raise NotFound(
            f"{problem} (see: clientdesk window list)", others, f"{problem}. These have one: which is meant?"
        )
    return going_on[0]


def agreement_named(windows: Windows, text: str) -> Agreement:
    """By the company's name or words of it, or the number of the proposal that it accepted."""
    owner = one_meant("client with an accepted proposal", text, _clients_of(windows), "clientdesk window list")
    return next(each for each in windows.agreements() if each.client == owner.id)


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
    while length < len(record) and any(other != record and other.startswith(record[:length]) for other in among):
        length += 4
    return record[:length]


def one_meant(kind: str, text: str, known: Sequence[Named], listed_by: str) -> Named:
    """The one that `text` means; raises `NotFound` with those it may mean, or whose names are near."""
    found = meant(text, known)
    if len(found) == 1:
        return found[0]
    if found:
        problem = f"{_said(text)!r} may mean {_listed(found)}: give more of the name, or the id (see: {listed_by})"
        raise NotFound(problem, found, f"{_said(text)!r} fits more than one. Which is meant?")
    near = nearest(text, known)
    others = [each for each in known if each not in near]
    if near:
        hint = f"did you mean {_listed(near, ' or ')}?"
    else:
        hint = f"there {'are' if len(known) > 1 else 'is'} {_listed(known)}" if known else "there is none yet"
    problem = f"there is no {kind} {_said(text)!r}"
    likely = ", the likeliest first" if near else ""
    raise NotFound(
        f"{problem}: {hint} (see: {listed_by})", [*near, *others], f"{problem}. Which of these is meant{likely}?"
    )


def _listed(found: Sequence[Named], last: str = " and ") -> str:
    """With as much of their ids as tells them apart."""
    ids = [each.id for each in found]
    words = [f"{_said(each.name)} ({short(each.id, ids)})" for each in found[:_MOST_LISTED]]
    if len(found) > _MOST_LISTED:
        words.append(f"{len(found) - _MOST_LISTED} more")
    return ", ".join(words[:-1]) + last + words[-1] if len(words) > 1 else words[0]


def _said(text: str) -> str:
    return printable(text.strip(), 60)


def _clients_of(windows: Windows) -> list[Named]:
    return [Named(each.client, each.company, (each.number,)) for each in windows.agreements()]


def _with_a_window(windows: Windows, today: date) -> list[Named]:
    going_on = windows.windows(today, states={WindowState.BOOKED, WindowState.STARTED})
    having = {each.client for each in going_on}
    return [each for each in _clients_of(windows) if each.id in having]


def _begin_with(wanted: str, names: Iterable[str]) -> list[str]:
    """The name itself alone, or those that begin so."""
    known = list(names)
    if wanted in known:
        return [wanted]
    return [name for name in known if name.startswith(wanted)] if len(wanted) >= _SHORTEST else []


def _by_id(kind: str, wanted: str, records: Mapping[str, _Record], listed_by: str) -> _Record:
    found = _begin_with(wanted, records)
    if len(found) > 1:
        raise NotFound(f"{len(found)} {kind}s begin with {wanted!r}: give more of the id (see: {listed_by})")
    if not found:
        raise NotFound(f"there is no {kind} {wanted[:60]!r} (see: {listed_by})")
    return records[found[0]]
