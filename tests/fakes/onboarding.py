"""Onboarding without the engine: the steps in the order in which the flow calls them."""

from __future__ import annotations

from clientdesk.domain.intake import IntroCall
from clientdesk.ports.records import ProposalRecord
from clientdesk.steps import auditing, intake, outbox, proposing, publishing
from clientdesk.steps.desk import Desk
from clientdesk.steps.onboarding import Onboarding, onboarding_of


def audited(desk: Desk, client: str, call: IntroCall) -> list[str]:
    """The ids of an audit of each repository, kept."""
    kept = []
    for repository in call.repositories:
        checkout = desk.checkouts.fetch(repository)
        results = [auditing.check_repository(desk, check, checkout) for check in auditing.check_ids()]
        kept.append(auditing.keep_audit(desk, client, checkout, results).id)
        desk.checkouts.discard(checkout)
    return kept


def onboarded(desk: Desk, call: IntroCall) -> Onboarding:
    brief = intake.hold_intro_call(desk, call)
    audits = audited(desk, brief.client, call)
    if not auditing.ask_engineer(desk, audits).is_yes:
        return onboarding_of(brief, audits, None)
    return onboarding_of(brief, audits, proposed(desk, brief.client, audits))


def proposed(desk: Desk, client: str, audits: list[str]) -> publishing.ProposalOutcome:
    draft = proposing.draft_proposal(desk, client, audits)
    if draft.needs_approval and not proposing.ask_account_lead(desk, draft.proposal).is_yes:
        return publishing.outcome_of(desk, draft.proposal)
    _, message = publishing.send_proposal(desk, draft.proposal)
    outbox.deliver_mail(desk, message)
    return publishing.outcome_of(desk, draft.proposal)


def only_proposal(desk: Desk, client: str) -> ProposalRecord:
    (record,) = desk.store.proposals_of(client)
    return record
