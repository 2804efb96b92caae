"""Tasks of the proposal."""

from prefect import task

from clientdesk.ports import Decision
from clientdesk.steps import proposing, publishing
from clientdesk.steps.proposing import Draft
from clientdesk.steps.publishing import ProposalOutcome
from clientdesk.wiring import desk


@task(name="draft proposal")
def draft_proposal(client: str, audits: list[str]) -> Draft:
    """Estimate, price, hold a window and lay out the preview. With nothing new to say, the one that stands."""
    with desk().progress.step("Proposal") as say:
        draft = proposing.draft_proposal(desk(), client, audits)
        say(draft.in_a_word)
    return draft


@task(name="account lead approves the sending")
def ask_account_lead(proposal: str) -> Decision:
    """Ask whether it shall go out, and keep who answered and what they said."""
    return proposing.ask_account_lead(desk(), proposal)


@task(name="send proposal")
def send_proposal(proposal: str) -> str:
    """Number it, print it, and put its mail in the outbox, all or nothing; returns the mail's id.

    Safe to run again: what is sent stays sent, under the same number.
    """
    with desk().progress.step("Number and print") as say:
        record, message = publishing.send_proposal(desk(), proposal)
        say(record.number)
    return message


def outcome_of(proposal: str) -> ProposalOutcome:
    """Where the proposal stands."""
    return publishing.outcome_of(desk(), proposal)
