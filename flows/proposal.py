"""The proposal: drafted from the audits, approved by the account lead, sent once."""

from prefect import flow

from clientdesk.steps.publishing import ProposalOutcome
from tasks.proposing import ask_account_lead, draft_proposal, outcome_of, send_proposal
from tasks.sending import deliver_mail


@flow(name="proposal", flow_run_name="proposal/{client}")
def propose(client: str, audits: list[str]) -> ProposalOutcome:
    """Offer a client a plan, a price and a first maintenance window, on the evidence of its audits.

    What was sent already is not sent again: with nothing new to say, the proposal stands as it is.

    Args:
        client: The client's id.
        audits: Ids of the audits it rests on.
    """
    draft = draft_proposal(client, audits)
    if draft.needs_approval and not ask_account_lead(draft.proposal).is_yes:
        return outcome_of(draft.proposal)
    message = send_proposal(draft.proposal)
    deliver_mail(message)
    return outcome_of(draft.proposal)
