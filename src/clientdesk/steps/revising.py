"""A proposal revised: what the account lead wants different, priced anew, with new days and a window held."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from clientdesk.documents.archive import proposal_to_bytes
from clientdesk.domain.intake import IntroCall, judge_fit
from clientdesk.domain.pricing import PlanKind, Quote, Unexplained
from clientdesk.domain.proposal import MOVES, Proposal, ProposalState, last_valid_day, moved
from clientdesk.domain.revising import BadRevision, Change, overruling_of, revised
from clientdesk.ports.records import ProposalRecord
from clientdesk.steps.auditing import kept_audit
from clientdesk.steps.desk import Desk
from clientdesk.steps.pricing import quote_of
from clientdesk.steps.proposing import laid_out
from clientdesk.steps.publishing import kept_proposal
from clientdesk.steps.windows import hold_first_window


def revise(desk: Desk, record: ProposalRecord, change: Change, vat_checked_by: str = "") -> ProposalRecord:
    """A new draft in review that takes the proposal's place when it is sent (or now, if that was never sent).

    Evidence and hours stay as they were but for the change; call, prices and days are today's. A change of nothing
    renews the offer. Raises a `Refusal` for what can't be done, before anything has happened.
    """
    _must_be_revisable(record)
    before = kept_proposal(desk, record)
    call = _call(desk, record, vat_checked_by)
    after = _revised(desk, before, call, change)
    if vat_checked_by:
        desk.store.register(call, desk.clock.now())
    after = replace(after, offer=hold_first_window(desk, record.client, after.quote.recommended.bucket_hours))
    content = proposal_to_bytes(after)
    basis = hashlib.sha256(record.id.encode() + content).hexdigest()
    document = f"proposals/{record.client[:8]}-{basis[:12]}-{desk.clock.now():%Y%m%dT%H%M%S}.json"
    desk.documents.put(document, content)
    draft = desk.store.revise(record.id, after, basis, document, change.by, desk.clock.now(), change.why)
    return laid_out(desk, draft) if draft.state is ProposalState.DRAFT else draft


def _must_be_revisable(record: ProposalRecord) -> None:
    if ProposalState.WITHDRAWN not in MOVES[record.state]:  # those that can be withdrawn are still open
        moved(record.state, ProposalState.SUPERSEDED)


def _call(desk: Desk, record: ProposalRecord, vat_checked_by: str) -> IntroCall:
    call = desk.store.latest_call(record.client)
    if not vat_checked_by:
        return call
    if not call.vat_id:
        raise BadRevision(f"no VAT ID of {call.company} is known: run `clientdesk onboard` again with --vat-id")
    return replace(call, vat_checked_by=vat_checked_by)


def _revised(desk: Desk, before: Proposal, call: IntroCall, change: Change) -> Proposal:
    if not change.by.strip() or not change.why.strip():
        raise Unexplained("a revision needs the name of who decides and the reason")
    ruled = before.quote.overrulings
    if not change.is_empty:
        ruled += (overruling_of(before.estimate, change, desk.agency.proposals.retainer_hours),)
    estimate = revised(before.estimate, change)
    reports = [kept_audit(desk, audit) for audit in before.audits]
    quote, today = quote_of(desk.agency, call, reports, estimate, ruled), desk.today()
    if before.estimate.items and not estimate.items:
        _must_make_sense(quote)
    return replace(
        before,
        call=call,
        fit=judge_fit(call, desk.agency.partners),
        estimate=estimate,
        quote=quote,
        drafted_on=today,
        valid_until=last_valid_day(today, desk.agency.proposals.valid_days),
        number="",
    )


def _must_make_sense(quote: Quote) -> None:
    """Without any work only a retainer is left to offer; the other plans would say that nothing was found."""
    if quote.recommended.kind is not PlanKind.RETAINER:
        raise BadRevision(
            "with every line dropped only a retainer is left to offer: add --plan retainer, or withdraw it"
        )
