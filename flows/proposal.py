"""The proposal: drafted from the audits, released by the account lead, sent once, answered by the client."""

from typing import Annotated

from prefect import flow

from clientdesk.forms.titles import titled
from clientdesk.steps.publishing import ProposalOutcome
from tasks.choosing import CLIENT, audits_for, known
from tasks.deciding import account_lead_decides, client_decides
from tasks.proposing import draft_proposal, outcome_of, send_proposal
from tasks.sending import deliver_mail
from tasks.showing import show_proposal


@flow(name="proposal", flow_run_name="proposal/{client}", persist_result=True)
def propose(
    client: Annotated[str, titled("Client")],
    audits: Annotated[list[str], titled("Audits")] = [],  # noqa: B006 (never changed; the form shows an empty list)
) -> ProposalOutcome:
    """Offer a client a plan, a price and a first maintenance window, on the evidence of its audits.

    What was sent already is not sent again: with nothing new to say, the proposal stands as it is.

    Args:
        client: The client's name, its beginning, or id. Where that is not clear, the run asks.
        audits: What it rests on. None: the latest audit of each repository of the last call. Else repositories by name
            or address (their latest audit), or ids of audits.
    """
    client = known(CLIENT, client)
    return propose_to(client, audits_for(client, audits))


def propose_to(client: str, audits: list[str]) -> ProposalOutcome:
    """The flow's body, for a run that does more: only a run's own flow can wait for people."""
    draft = draft_proposal(client, audits)
    show_proposal(client, draft.proposal, "as drafted")
    proposal, letter = draft.proposal, ""
    if draft.needs_approval:
        word = account_lead_decides(draft.proposal)
        proposal, letter = word.proposal, word.letter
        if not word.is_yes:
            return outcome_of(proposal)
    deliver_mail(send_proposal(proposal, letter))
    show_proposal(client, proposal, "as sent")
    client_decides(proposal)
    return outcome_of(proposal)
