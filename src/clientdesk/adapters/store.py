"""The business records in SQLite or PostgreSQL; each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from clientdesk.adapters import (
    store_acceptances,
    store_actuals,
    store_audits,
    store_clients,
    store_messages,
    store_notices,
    store_proposals,
    store_windows,
)
from clientdesk.adapters.store_engine import Database
from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.domain.capacity import Room
from clientdesk.domain.intake import IntroCall
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal, ProposalState
from clientdesk.ports.mail import Message, MessageKey, MessageMove, MessageState
from clientdesk.ports.records import (
    Acceptance,
    Accepted,
    ActualRecord,
    AuditRecord,
    Booking,
    ClientRecord,
    HeldWindow,
    ProposalMove,
    ProposalRecord,
    Published,
)


class SqlStore:
    """`ports.store.Store` by a database's URL. The tables must be there: `store_schema.migrate(url)` makes them."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close(self) -> None:
        self._database.close()

    def register(self, call: IntroCall, now: datetime) -> ClientRecord:
        with self._database.writing() as session:
            return store_clients.register(session, call, now)

    def client(self, client: str) -> ClientRecord:
        with self._database.reading() as session:
            return store_clients.client(session, client)

    def clients(self) -> tuple[ClientRecord, ...]:
        with self._database.reading() as session:
            return store_clients.clients(session)

    def latest_call(self, client: str) -> IntroCall:
        with self._database.reading() as session:
            return store_clients.latest_call(session, client)

    def keep_audit(self, client: str, report: AuditReport, document: str, sha256: str, audit: str = "") -> AuditRecord:
        with self._database.writing() as session:
            return store_audits.keep_audit(session, client, report, document, sha256, audit)

    def audit(self, audit: str) -> AuditRecord:
        with self._database.reading() as session:
            return store_audits.audit(session, audit)

    def audits_of(self, client: str) -> tuple[AuditRecord, ...]:
        with self._database.reading() as session:
            return store_audits.audits_of(session, client)

    def sign_off(self, audit: str, sign_off: SignOff) -> None:
        with self._database.writing() as session:
            store_audits.sign_off(session, audit, sign_off)

    def hold_window(
        self, client: str, candidates: Sequence[Window], room: Room, until: datetime, now: datetime
    ) -> HeldWindow:
        with self._database.writing() as session:
            return store_windows.hold_window(session, client, candidates, room, until, now)

    def draft(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        with self._database.writing() as session:
            return store_proposals.draft(session, client, proposal, basis, document)

    def revise(
        self, parent: str, proposal: Proposal, basis: str, document: str, by: str, at: datetime, why: str
    ) -> ProposalRecord:
        with self._database.writing() as session:
            return store_proposals.revise(session, parent, proposal, basis, document, by, at, why)

    def proposal(self, proposal: str) -> ProposalRecord:
        with self._database.reading() as session:
            return store_proposals.proposal(session, proposal)

    def proposals(self, *states: ProposalState) -> tuple[ProposalRecord, ...]:
        with self._database.reading() as session:
            return store_proposals.proposals(session, states)

    def proposals_of(self, client: str) -> tuple[ProposalRecord, ...]:
        with self._database.reading() as session:
            return store_proposals.proposals_of(session, client)

    def moves_of(self, proposal: str) -> tuple[ProposalMove, ...]:
        with self._database.reading() as session:
            return store_proposals.moves_of(session, proposal)

    def move(
        self,
        proposal: str,
        to: ProposalState,
        by: str,
        at: datetime,
        why: str = "",
        mail: Message | None = None,
    ) -> ProposalRecord:
        with self._database.writing() as session:
            return store_proposals.move(session, proposal, to, by, at, why, mail)

    def send(
        self, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
    ) -> ProposalRecord:
        with self._database.writing() as session:
            return store_proposals.send(session, proposal, by, at, year, publish)

    def accept(
        self,
        proposal: str,
        acceptance: Acceptance,
        booking: Booking,
        zone: str,
        confirm: Callable[[Accepted], Message],
    ) -> Accepted:
        with self._database.writing() as session:
            return store_acceptances.accept(session, proposal, acceptance, booking, zone, confirm)

    def accepted(self, proposal: str) -> Accepted | None:
        with self._database.reading() as session:
            return store_acceptances.accepted(session, proposal)

    def keep_actual(self, actual: ActualRecord) -> None:
        with self._database.writing() as session:
            store_actuals.keep_actual(session, actual)

    def actuals(self) -> tuple[ActualRecord, ...]:
        with self._database.reading() as session:
            return store_actuals.actuals(session)

    def add_message(self, message: Message, now: datetime) -> Message:
        with self._database.writing() as session:
            return store_messages.message_once(session, message, now)

    def message_known_as(self, message_id: str) -> Message | None:
        with self._database.reading() as session:
            return store_messages.message_known_as(session, message_id)

    def told(self, keys: Collection[str]) -> Mapping[str, datetime]:
        with self._database.reading() as session:
            return store_notices.told(session, keys)

    def tell(self, keys: Collection[str], at: datetime) -> None:
        with self._database.writing() as session:
            store_notices.tell(session, keys, at)

    def message_moves(self, message: str) -> tuple[MessageMove, ...]:
        with self._database.reading() as session:
            return store_messages.message_moves(session, message)

    def message(self, message: str) -> Message:
        with self._database.reading() as session:
            return store_messages.message(session, message)

    def messages(self, *states: MessageState) -> tuple[Message, ...]:
        with self._database.reading() as session:
            return store_messages.messages(session, states)

    def message_for(self, key: MessageKey) -> Message | None:
        with self._database.reading() as session:
            return store_messages.message_for(session, key)

    def claim(self, message: str, now: datetime) -> Message | None:
        with self._database.writing() as session:
            return store_messages.claim(session, message, now)

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
        with self._database.writing() as session:
            return store_messages.settle(session, message, state, detail, now, retry_at, attempt)
