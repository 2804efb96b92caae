"""Which audits a proposal rests on: those a person names, or the latest of each repository of the call."""

from __future__ import annotations

from collections.abc import Sequence

from clientdesk.domain.naming import Named
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.records import AuditRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import NotFound, kept_audits, one_meant


class NotAudited(Refusal):
    """There is nothing yet that a proposal could rest on."""


class OfAnother(NotFound):
    """An audit of one client's code is no evidence for another client."""


def audits_for(desk: Desk, client: str, names: Sequence[str] = ()) -> list[str]:
    """The ids of the audits named, or of the latest audit of each repository of the client's last call.

    A name is an id, its beginning, or a repository's address or name, which means its latest audit.
    """
    wanted = [name for name in names if name.strip()]
    found = [audit_meant(desk, client, name) for name in wanted] if wanted else _latest(desk, client)
    return list(dict.fromkeys(found))


def _latest(desk: Desk, client: str) -> list[str]:
    newest = {each.repository: each.id for each in reversed(desk.store.audits_of(client))}
    addresses = [repository.address for repository in desk.store.latest_call(client).repositories]
    missing = [address for address in addresses if address not in newest]
    if missing:
        raise NotAudited(
            f"not audited yet: {', '.join(missing)}. Run light-audit for it first, or name the audits that it rests on"
        )
    return [newest[address] for address in addresses]


def audit_meant(desk: Desk, client: str, name: str) -> str:
    """The id of the one of the client's audits that is named."""
    kept = desk.store.audits_of(client)
    newest = {each.repository: each.id for each in reversed(kept)}
    known = [_as_named(each, is_newest=newest[each.repository] == each.id) for each in kept]
    if name.strip() in {each.id for each in kept_audits(desk.store) if each.client != client}:
        problem = f"the audit {name.strip()} is of another client: a proposal rests on the client's own code"
        raise OfAnother(problem, known, f"{problem}. Which of these is meant?")
    return one_meant("audit of this client", name, known, "clientdesk estimate").id


def _as_named(audit: AuditRecord, *, is_newest: bool) -> Named:
    """An older audit of a repository has its id alone: by the address the latest is meant."""
    words = f"{audit.repository} of {audit.audited_at:%Y-%m-%d %H:%M}"
    return Named(audit.id, words, (audit.repository,) if is_newest else ())
