"""The business records in memory, with the promises of `ports.store.Store`."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from threading import RLock

from fakes.windows import WindowTables, book_first, hold_window

from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.domain.capacity import Room
from clientdesk.domain.intake import Contact, IntroCall, RepositoryAddress, client_key
from clientdesk.domain.maintenance import Window
from clientdesk.domain.office_hours import local_day
from clientdesk.domain.proposal import MOVES, OFF_OFFER, IllegalMove, Proposal, ProposalState, moved, number_of
from clientdesk.domain.proposal import accepted as accepted_state
from clientdesk.domain.windows import WindowState
from clientdesk.ports.mail import MESSAGE_MOVES, UNSENT, Message, MessageKey, MessageMove, MessageState, about_proposal
from clientdesk.ports.records import (
    Acceptance,
    Accepted,
    ActualRecord,
    AnotherDocument,
    AuditRecord,
    Booking,
    ClientRecord,
    HeldWindow,
    ProposalMove,
    ProposalRecord,
    Published,
    UnknownRecord,
)
from clientdesk.ports.windows import Agreement, Change

_UNSENT = {ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED}
_OPEN = {state for state in ProposalState if ProposalState.WITHDRAWN in MOVES[state]}


@dataclass
class _Tables:
    clients: dict[str, ClientRecord] = field(default_factory=dict)
    calls: dict[str, IntroCall] = field(default_factory=dict)
    audits: dict[str, AuditRecord] = field(default_factory=dict)
    proposals: dict[str, ProposalRecord] = field(default_factory=dict)
    moves: dict[str, list[ProposalMove]] = field(default_factory=dict)
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    windows: WindowTables = field(default_factory=WindowTables)
    acceptances: dict[str, Accepted] = field(default_factory=dict)
    actuals: list[ActualRecord] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    message_moves: dict[str, list[MessageMove]] = field(default_factory=dict)
    serials: dict[int, int] = field(default_factory=dict)
    told: dict[str, datetime] = field(default_factory=dict)


class MemoryStore:
    def __init__(self) -> None:
        self._t = _Tables()
        self._lock = RLock()
        self._ids = count(1)

    def register(self, call: IntroCall, now: datetime) -> ClientRecord:
        with self.transaction():
            key = client_key(call.company)
            known = next((c for c in self._t.clients.values() if client_key(c.company) == key), None)
            before = known or ClientRecord(self.new_id("client"), call.company, (), (), is_new=True)
            client = ClientRecord(
                before.id,
                call.company,
                _merged(before.contacts, call.contacts),
                _repositories(before.repositories, call.repositories),
                is_new=False,
            )
            self._t.clients[client.id] = client
            self._t.calls[client.id] = call
            return replace(client, is_new=known is None)

    def client(self, client: str) -> ClientRecord:
        return _found(self._t.clients, client)

    def clients(self) -> tuple[ClientRecord, ...]:
        return tuple(sorted(self._t.clients.values(), key=lambda client: client_key(client.company)))

    def latest_call(self, client: str) -> IntroCall:
        return _found(self._t.calls, client)

    def keep_audit(self, client: str, report: AuditReport, document: str, sha256: str, audit: str = "") -> AuditRecord:
        with self.transaction():
            self.client(client)
            for known in self._t.audits.values():
                if known.id == audit or (known.client, known.sha256) == (client, sha256):
                    return known
            name = audit or self.new_id("audit")
            fresh = AuditRecord(name, client, report.repository, report.commit, report.audited_at, document, sha256)
            self._t.audits[name] = fresh
            return fresh

    def audit(self, audit: str) -> AuditRecord:
        return _found(self._t.audits, audit)

    def audits_of(self, client: str) -> tuple[AuditRecord, ...]:
        arrived_last_first = reversed([a for a in self._t.audits.values() if a.client == client])
        return tuple(sorted(arrived_last_first, key=lambda audit: audit.audited_at, reverse=True))

    def sign_off(self, audit: str, sign_off: SignOff) -> None:
        with self.transaction():
            self._t.audits[audit] = replace(self.audit(audit), sign_off=sign_off)

    def hold_window(
        self, client: str, candidates: Sequence[Window], room: Room, until: datetime, now: datetime
    ) -> HeldWindow:
        with self.transaction():
            self.client(client)
            return hold_window(self._t.windows, self.new_id("window"), client, candidates, room, until, now)

    def draft(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        with self.transaction():
            self.client(client)
            for record in self._t.proposals.values():
                if (record.client, record.basis) == (client, basis) and record.state in _OPEN:
                    return record
            return self._drafted(client, proposal, basis, document)

    def revise(
        self, parent: str, proposal: Proposal, basis: str, document: str, by: str, at: datetime, why: str
    ) -> ProposalRecord:
        with self.transaction():
            before = self.proposal(parent)
            for record in self._t.proposals.values():
                if (record.client, record.basis) == (before.client, basis) and record.state in _OPEN:
                    return record
            is_unsent = before.state in _UNSENT
            moved(before.state, ProposalState.WITHDRAWN if is_unsent else ProposalState.SUPERSEDED)
            revision = replace(self._drafted(before.client, proposal, basis, document), parent=parent)
            self._t.proposals[revision.id] = revision
            if is_unsent:
                self._changed(before, ProposalState.WITHDRAWN, by, at, f"revised: {why}")
            return revision

    def proposal(self, proposal: str) -> ProposalRecord:
        return _found(self._t.proposals, proposal)

    def proposals(self, *states: ProposalState) -> tuple[ProposalRecord, ...]:
        return tuple(reversed([p for p in self._t.proposals.values() if not states or p.state in states]))

    def proposals_of(self, client: str) -> tuple[ProposalRecord, ...]:
        return tuple(reversed([p for p in self._t.proposals.values() if p.client == client]))

    def moves_of(self, proposal: str) -> tuple[ProposalMove, ...]:
        return tuple(_found(self._t.moves, proposal))

    def move(
        self,
        proposal: str,
        to: ProposalState,
        by: str,
        at: datetime,
        why: str = "",
        mail: Message | None = None,
    ) -> ProposalRecord:
        if to is ProposalState.SENT:
            raise IllegalMove("a proposal becomes sent by sending it, which gives it its number")
        if to is ProposalState.ACCEPTED:
            raise IllegalMove("a proposal becomes accepted by keeping who accepted it, which books its window")
        with self.transaction():
            record = self._changed(self.proposal(proposal), to, by, at, why)
            if mail is not None:
                self.add_message(mail, at)
            return record

    def send(
        self, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
    ) -> ProposalRecord:
        with self.transaction():
            record = self.proposal(proposal)
            if record.number:
                return record
            moved(record.state, ProposalState.SENT)
            ancestor = self._numbered_ancestor(record)
            on_offer = [p for p in self.proposals_of(record.client) if p.state is ProposalState.SENT]
            record = self._numbered(record, ancestor or next(iter(on_offer), None), year)
            if ancestor and ancestor.state not in {ProposalState.SENT, ProposalState.SUPERSEDED}:
                on_offer.insert(0, ancestor)
            for parent in on_offer:
                self._changed(parent, ProposalState.SUPERSEDED, by, at, f"superseded by {record.number}")
            record = self._changed(record, ProposalState.SENT, by, at, "")
            published = publish(record.number)
            record = replace(record, pdf=published.pdf, pdf_sha256=published.pdf_sha256)
            self._t.proposals[record.id] = record
            self._add_message(published.message, at)
            return record

    def accept(
        self,
        proposal: str,
        acceptance: Acceptance,
        booking: Booking,
        zone: str,
        confirm: Callable[[Accepted], Message],
    ) -> Accepted:
        with self.transaction():
            record = self.proposal(proposal)
            accepted_state(record.state, record.valid_until, acceptance.at, zone)
            if acceptance.pdf_sha256 != record.pdf_sha256:
                raise AnotherDocument(f"what was accepted is not the PDF that was sent as {record.number}")
            why = f"accepted by {acceptance.by} ({acceptance.how})"
            by, now = acceptance.recorded_by, acceptance.recorded_at
            record = self._changed(record, ProposalState.ACCEPTED, by, now, why)
            change = Change(by, now, f"accepted by {acceptance.by}")
            tables = self._t.windows
            window, note = book_first(tables, self.new_id("window"), record.client, record.id, booking, change)
            done = Accepted(record, acceptance, window, note)
            tables.agreements[record.id] = self._agreed(record, acceptance, booking, zone)
            self._t.acceptances[proposal] = done
            self.add_message(confirm(done), now)
            return done

    def accepted(self, proposal: str) -> Accepted | None:
        self.proposal(proposal)
        return self._t.acceptances.get(proposal)

    def keep_actual(self, actual: ActualRecord) -> None:
        with self.transaction():
            self.proposal(actual.proposal)
            self._t.actuals.append(actual)

    def actuals(self) -> tuple[ActualRecord, ...]:
        latest = {(each.proposal, each.key, each.cause): place for place, each in enumerate(self._t.actuals)}
        return tuple(self._t.actuals[place] for place in sorted(latest.values()))

    def add_message(self, message: Message, now: datetime) -> Message:
        with self.transaction():
            return self.message_for(message.key) or self._add_message(message, now)

    def message_known_as(self, message_id: str) -> Message | None:
        return next((m for m in self._t.messages.values() if m.message_id == message_id), None)

    def told(self, keys: Collection[str]) -> Mapping[str, datetime]:
        return {key: self._t.told[key] for key in keys if key in self._t.told}

    def tell(self, keys: Collection[str], at: datetime) -> None:
        with self.transaction():
            self._t.told.update({key: max(at, self._t.told.get(key, at)) for key in keys})

    def message_moves(self, message: str) -> tuple[MessageMove, ...]:
        self.message(message)
        return tuple(self._t.message_moves.get(message, ()))

    def message(self, message: str) -> Message:
        return _found(self._t.messages, message)

    def messages(self, *states: MessageState) -> tuple[Message, ...]:
        return tuple(m for m in self._t.messages.values() if not states or m.state in states)

    def message_for(self, key: MessageKey) -> Message | None:
        return next((m for m in self._t.messages.values() if m.key == key), None)

    def claim(self, message: str, now: datetime) -> Message | None:
        with self.transaction():
            found = self.message(message)
            if found.state not in {MessageState.APPROVED, MessageState.RETRYABLE}:
                return None
            found = replace(found, attempts=found.attempts + 1)
            return self._settled(found, MessageState.SENDING, "", now)

    def settle(
        self,
        message: str,
        state: MessageState,
        detail: str,
        now: datetime,
        *,
        retry_at: datetime | None = None,
        attempt: int | None = None,
    ) -> Message:
        with self.transaction():
            found = self.message(message)
            if found.state is state or attempt not in {None, found.attempts}:
                return found
            retry_at = retry_at if state is MessageState.RETRYABLE else None
            return self._settled(found, state, detail, now, retry_at)

    @property
    def window_tables(self) -> WindowTables:
        return self._t.windows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, as the real one: what an exception leaves behind is what was there before."""
        with self._lock:
            before = copy.deepcopy(self._t)
            try:
                yield
            except BaseException:
                self._t = before
                raise

    def new_id(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def _drafted(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        for audit in proposal.audits:
            self.audit(audit)
        record = ProposalRecord(
            self.new_id("proposal"),
            client,
            ProposalState.DRAFT,
            "",
            1,
            basis,
            proposal.drafted_on,
            proposal.valid_until,
            document,
            "",
            "",
        )
        self._t.proposals[record.id] = record
        self._t.moves[record.id] = []
        for held in self._t.windows.windows.values():
            if held.state is WindowState.HELD and (held.client, held.window) == (client, proposal.offer.first):
                self._t.windows.windows[held.id] = replace(held, proposal=record.id)
        return record

    def _numbered_ancestor(self, record: ProposalRecord) -> ProposalRecord | None:
        while record.parent:
            record = self.proposal(record.parent)
            if record.number:
                return record
        return None

    def _numbered(self, record: ProposalRecord, parent: ProposalRecord | None, year: int) -> ProposalRecord:
        if parent is None:
            self._t.serials[year] = self._t.serials.get(year, 0) + 1
            base = (year, self._t.serials[year])
        else:
            base = self._t.numbers[parent.id]
        revision = sum(1 for number in self._t.numbers.values() if number == base) + 1
        self._t.numbers[record.id] = base
        return replace(record, number=number_of(*base, revision), revision=revision)

    def _agreed(self, record: ProposalRecord, acceptance: Acceptance, booking: Booking, zone: str) -> Agreement:
        windows = self._t.windows.windows.values()
        booked = next((each for each in windows if (each.proposal, each.slot) == (record.id, "0/1")), None)
        company, since = self.client(record.client).company, local_day(acceptance.at, zone)
        anchor = booked.nominal if booked else None
        return Agreement(record.client, company, record.id, record.number, since, anchor, booking.retainer_hours, None)

    def _changed(self, record: ProposalRecord, to: ProposalState, by: str, at: datetime, why: str) -> ProposalRecord:
        changed = replace(record, state=moved(record.state, to))
        self._t.proposals[record.id] = changed
        self._t.moves[record.id].append(ProposalMove(record.state, to, by, at, why))
        if record.state is ProposalState.SENT or to in OFF_OFFER:
            reason = f"held back: the proposal is {to.value}" + (f" ({why})" if why else "")
            for mail in self.messages(*UNSENT):
                if mail.key.document == about_proposal(record.id):
                    self._settled(mail, MessageState.REJECTED, reason, at)
        if to in OFF_OFFER:
            offered = [each for each in self._t.windows.windows.values() if each.proposal == record.id]
            self._t.windows.end_holds(offered, at)
        return changed

    def _settled(
        self, found: Message, state: MessageState, detail: str, now: datetime, retry_at: datetime | None = None
    ) -> Message:
        if state not in MESSAGE_MOVES[found.state]:
            raise IllegalMove(f"a mail that is {found.state} can't become {state}")
        self._t.message_moves.setdefault(found.id, []).append(MessageMove(found.state, state, now, detail))
        return self._keep(replace(found, state=state, detail=detail, since=now, retry_at=retry_at))

    def _add_message(self, message: Message, now: datetime) -> Message:
        if self.message_for(message.key) is not None:
            raise ValueError(f"a second mail for {message.key}")
        return self._keep(replace(message, id=self.new_id("message"), attempts=0, since=now, retry_at=None))

    def _keep(self, message: Message) -> Message:
        self._t.messages[message.id] = message
        return message


def _found(table, record):
    try:
        return table[record]
    except KeyError:
        raise UnknownRecord(f"there is no record {record!r}") from None


def _repositories(
    before: tuple[RepositoryAddress, ...], named: tuple[RepositoryAddress, ...]
) -> tuple[RepositoryAddress, ...]:
    known = {(each.address, each.ref): each for each in before}
    for each in named:
        earlier = known.get((each.address, each.ref), each)
        known[each.address, each.ref] = replace(each, credential=each.credential or earlier.credential)
    return tuple(known.values())


def _merged(known: tuple[Contact, ...], said: tuple[Contact, ...]) -> tuple[Contact, ...]:
    by_key = {contact.email.casefold() or contact.name.casefold(): contact for contact in (*known, *said)}
    return tuple(by_key.values())
