"""The business records in memory, with the promises of `ports.store.Store`."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from threading import RLock

from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.domain.intake import Contact, IntroCall, RepositoryAddress, client_key
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import MOVES, OFF_OFFER, IllegalMove, Proposal, ProposalState, moved, number_of
from clientdesk.domain.proposal import accepted as accepted_state
from clientdesk.ports.mail import MESSAGE_MOVES, UNSENT, Message, MessageKey, MessageMove, MessageState, about_proposal
from clientdesk.ports.records import (
    Acceptance,
    Accepted,
    ActualRecord,
    AnotherDocument,
    AuditRecord,
    BookedWindow,
    Booking,
    ClientRecord,
    HeldWindow,
    NoFreeWindow,
    ProposalMove,
    ProposalRecord,
    Published,
    UnknownRecord,
)

_UNSENT = {ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED}
_OPEN = {state for state in ProposalState if ProposalState.WITHDRAWN in MOVES[state]}


@dataclass
class _Held:
    window: HeldWindow
    hours: float


@dataclass
class _Tables:
    clients: dict[str, ClientRecord] = field(default_factory=dict)
    calls: dict[str, IntroCall] = field(default_factory=dict)
    audits: dict[str, AuditRecord] = field(default_factory=dict)
    proposals: dict[str, ProposalRecord] = field(default_factory=dict)
    moves: dict[str, list[ProposalMove]] = field(default_factory=dict)
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    holds: list[_Held] = field(default_factory=list)
    booked: list[tuple[BookedWindow, float]] = field(default_factory=list)
    acceptances: dict[str, Accepted] = field(default_factory=dict)
    actuals: list[ActualRecord] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    message_moves: dict[str, list[MessageMove]] = field(default_factory=dict)
    serials: dict[int, int] = field(default_factory=dict)


class MemoryStore:
    def __init__(self) -> None:
        self._t = _Tables()
        self._lock = RLock()
        self._ids = count(1)

    def register(self, call: IntroCall, now: datetime) -> ClientRecord:
        with self._transaction():
            key = client_key(call.company)
            known = next((c for c in self._t.clients.values() if client_key(c.company) == key), None)
            before = known or ClientRecord(self._new_id("client"), call.company, (), (), is_new=True)
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

    def keep_audit(self, client: str, report: AuditReport, document: str, sha256: str) -> AuditRecord:
        with self._transaction():
            self.client(client)
            for audit in self._t.audits.values():
                if (audit.client, audit.sha256) == (client, sha256):
                    return audit
            audit = AuditRecord(
                self._new_id("audit"), client, report.repository, report.commit, report.audited_at, document, sha256
            )
            self._t.audits[audit.id] = audit
            return audit

    def audit(self, audit: str) -> AuditRecord:
        return _found(self._t.audits, audit)

    def audits_of(self, client: str) -> tuple[AuditRecord, ...]:
        arrived_last_first = reversed([a for a in self._t.audits.values() if a.client == client])
        return tuple(sorted(arrived_last_first, key=lambda audit: audit.audited_at, reverse=True))

    def sign_off(self, audit: str, sign_off: SignOff) -> None:
        with self._transaction():
            self._t.audits[audit] = replace(self.audit(audit), sign_off=sign_off)

    def hold_window(
        self, client: str, candidates: Sequence[Window], hours: float, capacity: float, until: datetime, now: datetime
    ) -> HeldWindow:
        with self._transaction():
            self.client(client)
            live = [held for held in self._t.holds if held.window.held_until > now]
            for held in live:
                if held.window.client == client:
                    return held.window
            for candidate in candidates:
                if self._hours_on(candidate.day, now) + hours <= capacity:
                    window = HeldWindow(self._new_id("window"), client, "", candidate, until)
                    self._t.holds.append(_Held(window, hours))
                    return window
            raise NoFreeWindow("none of the days proposed has room")

    def draft(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        with self._transaction():
            self.client(client)
            for record in self._t.proposals.values():
                if (record.client, record.basis) == (client, basis) and record.state in _OPEN:
                    return record
            return self._drafted(client, proposal, basis, document)

    def revise(
        self, parent: str, proposal: Proposal, basis: str, document: str, by: str, at: datetime, why: str
    ) -> ProposalRecord:
        with self._transaction():
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
        with self._transaction():
            record = self._changed(self.proposal(proposal), to, by, at, why)
            if mail is not None:
                self.add_message(mail, at)
            return record

    def send(
        self, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
    ) -> ProposalRecord:
        with self._transaction():
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
        with self._transaction():
            record = self.proposal(proposal)
            accepted_state(record.state, record.valid_until, acceptance.at, zone)
            if acceptance.pdf_sha256 != record.pdf_sha256:
                raise AnotherDocument(f"what was accepted is not the PDF that was sent as {record.number}")
            why = f"accepted by {acceptance.by} ({acceptance.how})"
            by, now = acceptance.recorded_by, acceptance.recorded_at
            record = self._changed(record, ProposalState.ACCEPTED, by, now, why)
            done = Accepted(record, acceptance, *self._booked(record, booking, now))
            self._t.acceptances[proposal] = done
            self.add_message(confirm(done), now)
            return done

    def accepted(self, proposal: str) -> Accepted | None:
        self.proposal(proposal)
        return self._t.acceptances.get(proposal)

    def keep_actual(self, actual: ActualRecord) -> None:
        with self._transaction():
            self.proposal(actual.proposal)
            self._t.actuals.append(actual)

    def actuals(self) -> tuple[ActualRecord, ...]:
        latest = {(each.proposal, each.key, each.cause): place for place, each in enumerate(self._t.actuals)}
        return tuple(self._t.actuals[place] for place in sorted(latest.values()))

    def add_message(self, message: Message, now: datetime) -> Message:
        with self._transaction():
            return self.message_for(message.key) or self._add_message(message, now)

    def message_known_as(self, message_id: str) -> Message | None:
        return next((m for m in self._t.messages.values() if m.message_id == message_id), None)

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
        with self._transaction():
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
        with self._transaction():
            found = self.message(message)
            if found.state is state or attempt not in {None, found.attempts}:
                return found
            retry_at = retry_at if state is MessageState.RETRYABLE else None
            return self._settled(found, state, detail, now, retry_at)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, as the real one: what an exception leaves behind is what was there before."""
        with self._lock:
            before = copy.deepcopy(self._t)
            try:
                yield
            except BaseException:
                self._t = before
                raise

    def _new_id(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def _drafted(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        for audit in proposal.audits:
            self.audit(audit)
        record = ProposalRecord(
            self._new_id("proposal"),
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
        for held in self._t.holds:
            if (held.window.client, held.window.window) == (client, proposal.offer.first):
                held.window = replace(held.window, proposal=record.id)
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

    def _booked(self, record: ProposalRecord, booking: Booking, now: datetime) -> tuple[BookedWindow | None, str]:
        holds = [held for held in self._t.holds if held.window.client == record.client]
        self._t.holds = [held for held in self._t.holds if held not in holds]
        live = [held for held in holds if held.window.held_until > now and held.window.window == booking.offered]
        hours, window = (live[-1].hours, booking.offered) if live else (booking.hours, None)
        for candidate in booking.candidates if window is None else ():
            if self._hours_on(candidate.day, now) + hours <= booking.capacity:
                window = candidate
                break
        if window is None:
            return None, "none of the days proposed has room"
        booked = BookedWindow(self._new_id("window"), record.client, record.id, window)
        self._t.booked.append((booked, hours))
        return booked, ""

    def _hours_on(self, day: date, now: datetime) -> float:
        live = [each for each in self._t.holds if each.window.window.day == day and each.window.held_until > now]
        booked = [hours for window, hours in self._t.booked if window.window.day == day]
        return sum(each.hours for each in live) + sum(booked)

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
            for held in self._t.holds:
                if held.window.proposal == record.id:
                    held.window = replace(held.window, held_until=min(held.window.held_until, at))
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
        return self._keep(replace(message, id=self._new_id("message"), attempts=0, since=now, retry_at=None))

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
