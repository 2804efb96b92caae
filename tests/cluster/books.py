"""What the agency's records and documents say of one client, whichever machine wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cluster.stand_up import Cluster
from fakes.team import Team

from clientdesk.adapters.store import SqlStore
from clientdesk.ports.records import AuditRecord, ProposalRecord


@dataclass(frozen=True)
class Books:
    """Of the client with this name; there must be one of them."""

    store: SqlStore
    documents: Path
    company: str

    @property
    def client(self) -> str:
        (only,) = [each for each in self.store.clients() if each.company == self.company]
        return only.id

    @property
    def audits(self) -> tuple[AuditRecord, ...]:
        return self.store.audits_of(self.client)

    @property
    def reports(self) -> list[str]:
        """The audits' files, whether a record knows of them or not."""
        return [path.name for path in (self.documents / "audits").glob(f"*-{self.client[:8]}.json")]

    @property
    def proposals(self) -> tuple[ProposalRecord, ...]:
        return self.store.proposals_of(self.client)


@contextmanager
def books(kept_by: Cluster | Team, company: str) -> Iterator[Books]:
    if isinstance(kept_by, Team):
        url, documents = f"sqlite:///{kept_by.home / 'clientdesk.db'}", kept_by.home / "documents"
    else:
        url, documents = kept_by.database.url("clientdesk", "psycopg"), kept_by.shared / "documents"
    store = SqlStore(url)
    try:
        yield Books(store, documents, company)
    finally:
        store.close()
