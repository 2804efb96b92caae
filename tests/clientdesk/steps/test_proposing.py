"""A proposal up to its sending: one draft per basis, and a basis that is the same in every process."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from fakes.desk import NO, YES, a_call, a_desk, shop
from fakes.onboarding import audited, only_proposal
from fakes.press import PlainPress
from fakes.samples import audit

from clientdesk.domain.proposal import IllegalMove, ProposalState
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.proposing import ask_account_lead, basis_of, draft_proposal

TESTS = Path(__file__).parents[2]
BASIS = """
from fakes.desk import a_call, a_desk
from fakes.samples import audit
from clientdesk.steps.proposing import basis_of
print(basis_of(a_desk(), a_call(), [audit(5)]))
"""


@pytest.fixture
def drafting():
    """A desk with a client and their audit, ready to be drafted from."""
    desk = a_desk(None, NO)
    client = hold_intro_call(desk, a_call()).client
    return desk, client, audited(desk, client, a_call())


class PressWithARival(PlainPress):
    """While it prints the first time, somebody else is quicker."""

    def __init__(self, rival):
        super().__init__()
        self.rival = rival

    def pdf(self, *arguments, **more):
        rival, self.rival = self.rival, lambda: None
        rival()
        return super().pdf(*arguments, **more)


def approve(desk, draft):
    desk.store.move(draft.proposal, ProposalState.APPROVED, "lead", desk.clock.now())


def basis_in_a_process(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-c", BASIS], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_basis_is_the_same_in_another_process():
    first, second = basis_in_a_process("1"), basis_in_a_process("2")

    assert len(first) == 64
    assert first == second


def test_basis_changes_with_the_call_the_commit_and_the_rates(drafting):
    desk, report = drafting[0], audit(3)
    dearer = replace(desk.agency, rates=replace(desk.agency.rates, retainer=Decimal(95)))
    seen = {
        basis_of(desk, a_call(), [report]),
        basis_of(desk, replace(a_call(), pains="Other pains"), [report]),
        basis_of(desk, a_call(), [replace(report, commit="0" * 40)]),
        basis_of(replace(desk, agency=dearer), a_call(), [report]),
    }

    assert len(seen) == 4


def test_drafting_twice_gives_one_draft_in_review(drafting):
    desk, client, audits = drafting

    first, second = draft_proposal(desk, client, audits), draft_proposal(desk, client, audits)

    assert first == second
    assert first.needs_approval
    assert only_proposal(desk, client).state is ProposalState.IN_REVIEW


@pytest.mark.parametrize("rival_does", [lambda desk, draft: None, approve])
def test_run_that_was_slower_with_the_same_draft_goes_on_with_it(drafting, rival_does):
    desk, client, audits = drafting
    rival = PressWithARival(lambda: rival_does(desk, draft_proposal(desk, client, audits)))

    slower = draft_proposal(replace(desk, press=rival), client, audits)

    assert slower.proposal == only_proposal(desk, client).id


def test_run_whose_draft_was_withdrawn_meanwhile_says_so(drafting):
    desk, client, audits = drafting

    def rival_withdraws():
        draft = draft_proposal(desk, client, audits)
        desk.store.move(draft.proposal, ProposalState.WITHDRAWN, "lead", desk.clock.now())

    with pytest.raises(IllegalMove, match="withdrawn meanwhile: draft it again"):
        draft_proposal(replace(desk, press=PressWithARival(rival_withdraws)), client, audits)


def test_draft_whose_preview_could_not_be_printed_is_taken_up_again(drafting):
    desk, client, audits = drafting
    desk.press.failure = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space"):
        draft_proposal(desk, client, audits)

    draft = draft_proposal(desk, client, audits)

    assert only_proposal(desk, client).state is ProposalState.IN_REVIEW
    (preview,) = [name for name in desk.documents.kept if name.endswith(".draft.pdf")]
    assert preview == desk.store.proposal(draft.proposal).document.replace(".json", ".draft.pdf")


def test_account_lead_sees_whom_what_and_how_much_and_a_no_moves_nothing(drafting):
    desk, client, audits = drafting
    draft = draft_proposal(desk, client, audits)

    decision = ask_account_lead(desk, draft.proposal)

    ((_, facts, documents),) = desk.decisions.asked
    assert not decision.is_yes
    assert facts[0] == "To Nora Feld <nora.feld@harbour.example> at Harbour Bookings GmbH"
    assert any(fact.startswith("Price: €") for fact in facts)
    assert documents[0].endswith(".draft.pdf")
    assert only_proposal(desk, client).state is ProposalState.IN_REVIEW


def test_yes_is_kept_with_name_and_words(drafting):
    desk, client, audits = drafting
    draft = draft_proposal(desk, client, audits)
    ask_account_lead(desk, draft.proposal)

    ask_account_lead(desk, draft.proposal)

    last = desk.store.moves_of(draft.proposal)[-1]
    assert (last.after, last.by, last.why) == (ProposalState.APPROVED, YES.by, YES.words)
    assert not draft_proposal(desk, client, audits).needs_approval


def test_another_commit_is_another_basis_and_another_draft(drafting):
    desk, client, audits = drafting
    draft_proposal(desk, client, audits)
    desk.checkouts._sources[a_call().repositories[0].address] = shop(commit="c" * 40)

    draft_proposal(desk, client, audited(desk, client, a_call()))

    assert len(desk.store.proposals_of(client)) == 2
