"""Tasks of the proposal."""

from prefect import task

from clientdesk.steps import proposing, publishing
from clientdesk.steps.proposing import Draft
from clientdesk.steps.publishing import ProposalOutcome
from clientdesk.wiring import desk
from tasks.once import ONCE


@task(name="draft proposal", persist_result=True, cache_policy=ONCE)
def draft_proposal(client: str, audits: list[str]) -> Draft:
    """Estimate, price, hold a window and lay out the preview. With nothing new to say, the one that stands."""
    with desk().progress.step("Proposal") as say:
        draft = proposing.draft_proposal(desk(), client, audits)
        say(draft.in_a_word)
    return draft


@task(name="send proposal", persist_result=True, cache_policy=ONCE)
def send_proposal(proposal: str, letter: str = "") -> str:
    """Number it, print it, and put its mail in the outbox, all or nothing; returns the mail's id.

    `letter` is what the account lead adds to the mail.

    Safe to run again: what is sent stays sent, under the same number.
    """
    with desk().progress.step("Number and print") as say:
        record, message = publishing.send_proposal(desk(), proposal, letter=letter)
        say(record.number)
    return message


def outcome_of(proposal: str) -> ProposalOutcome:
    """Where the proposal stands."""
    return publishing.outcome_of(desk(), proposal)
