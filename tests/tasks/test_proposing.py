"""The tasks of the proposal may each run twice."""

from fakes.desk import a_call, a_desk
from fakes.onboarding import audited

from clientdesk.domain.proposal import ProposalState
from clientdesk.steps.intake import hold_intro_call
from clientdesk.wiring import using
from tasks.deciding import ask_account_lead
from tasks.proposing import draft_proposal, outcome_of, send_proposal


def test_each_task_may_run_twice():
    with using(a_desk()) as desk:
        client = hold_intro_call(desk, a_call()).client
        audits = audited(desk, client, a_call())
        drafts = {draft_proposal.fn(client, audits).proposal for _ in range(2)}
        (proposal,) = drafts
        assert ask_account_lead.fn(proposal).is_yes
        mails = {send_proposal.fn(proposal) for _ in range(2)}

        assert len(mails) == 1
        assert outcome_of(proposal).state is ProposalState.SENT
        assert draft_proposal.fn(client, audits).in_a_word == "unchanged: P-2026-0001"
