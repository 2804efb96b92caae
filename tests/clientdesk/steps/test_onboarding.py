"""Onboarding, seen as a whole: what a second run, a no and a full disk leave behind."""

import pytest
from fakes.desk import BOOKING, NO, SHOP, YES, a_call, a_desk, shop
from fakes.object_store import BUCKET, object_store
from fakes.onboarding import onboarded, only_proposal

from clientdesk.adapters.document_folder import DocumentFolder
from clientdesk.domain.proposal import ProposalState
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.ports.mail import MessageState


def test_client_gets_a_numbered_proposal_and_one_mail():
    desk = a_desk()

    done = onboarded(desk, a_call())

    assert (done.proposal.state, done.proposal.number) == (ProposalState.SENT, "P-2026-0001")
    assert desk.documents.kept["proposals/P-2026-0001.pdf"].startswith(b"%PDF")
    assert [mail.key.recipient for mail in desk.store.messages()] == ["nora.feld@harbour.example"]
    assert [question for question, _, _ in desk.decisions.asked] == ["sign off", "approve"]


def test_second_run_at_the_same_commit_sends_nothing_new_and_makes_no_twin():
    desk = a_desk(mails=True)
    first = onboarded(desk, a_call())
    desk.clock.advance(hours=1)

    second = onboarded(desk, a_call())

    assert not second.brief.is_new_client
    assert (second.brief.client, second.proposal.number) == (first.brief.client, "P-2026-0001")
    assert only_proposal(desk, first.brief.client).state is ProposalState.SENT
    assert len(desk.mailer.delivered) == 1


def test_audit_that_changed_makes_a_revision_which_replaces_the_first():
    desk = a_desk()
    first = onboarded(desk, a_call())
    desk.checkouts._sources[SHOP] = shop(commit="b" * 40)

    second = onboarded(desk, a_call())

    assert second.proposal.number == "P-2026-0001-R2"
    assert desk.store.proposal(first.proposal.proposal).state is ProposalState.SUPERSEDED


def test_engineers_no_ends_with_nothing_drafted():
    desk = a_desk(None, NO)

    done = onboarded(desk, a_call())

    assert done.proposal is None
    assert desk.store.proposals_of(done.brief.client) == ()
    assert desk.store.messages() == ()
    assert desk.store.audit(done.audits[0]).sign_off is None


def test_account_leads_no_leaves_it_in_review_and_nothing_sent():
    desk = a_desk(None, YES, NO)

    done = onboarded(desk, a_call())

    assert (done.proposal.state, done.proposal.number) == (ProposalState.IN_REVIEW, "")
    assert desk.store.messages() == ()


def test_after_a_no_the_next_run_asks_again_and_sends():
    desk = a_desk(None, YES, NO)
    refused = onboarded(desk, a_call())

    done = onboarded(desk, a_call())

    assert (done.proposal.proposal, done.proposal.state) == (refused.proposal.proposal, ProposalState.SENT)


class FailsFor:
    """Documents whose disk is full when a name of this kind is written, once."""

    def __init__(self, documents, part):
        self._documents = documents
        self._part = part

    def put(self, name, content):
        if self._part and self._part in name:
            self._part = ""
            raise DocumentNotKept(f"{name} can't be written: the disk is full")
        return self._documents.put(name, content)

    def __getattr__(self, name):
        return getattr(self._documents, name)


def with_full_disk(part):
    plain = a_desk()
    return a_desk(documents=FailsFor(plain.documents, part))


def test_full_disk_while_printing_uses_no_number_and_the_next_run_succeeds_with_it():
    desk = with_full_disk("P-2026-0001")

    with pytest.raises(DocumentNotKept, match="disk is full"):
        onboarded(desk, a_call())

    client = desk.store.register(a_call(), desk.clock.now()).id
    assert (only_proposal(desk, client).state, only_proposal(desk, client).number) == (ProposalState.APPROVED, "")
    assert desk.store.messages() == ()
    asked = len(desk.decisions.asked)
    done = onboarded(desk, a_call())
    assert (done.proposal.state, done.proposal.number) == (ProposalState.SENT, "P-2026-0001")
    assert [question for question, _, _ in desk.decisions.asked[asked:]] == ["sign off"]  # the approval stands


@pytest.mark.parametrize("part", [".draft.pdf", "proposals/", "audits/", ".pdf"])
def test_full_disk_at_any_document_is_no_dead_end(part):
    desk = with_full_disk(part)
    with pytest.raises(DocumentNotKept):
        onboarded(desk, a_call())
    assert desk.store.messages() == ()

    done = onboarded(desk, a_call())

    assert (done.proposal.state, done.proposal.number) == (ProposalState.SENT, "P-2026-0001")
    only_proposal(desk, done.brief.client)


def test_press_that_fails_while_printing_the_proposal_costs_nothing_but_a_second_run():
    desk = a_desk(None, YES, NO)
    onboarded(desk, a_call())
    done = desk.store.register(a_call(), desk.clock.now())
    record = only_proposal(desk, done.id)
    desk.store.move(record.id, ProposalState.APPROVED, "Max Lead", desk.clock.now())
    original, desk.press.pdf = desk.press.pdf, lambda document, *rest: _fail(document, original, rest)

    with pytest.raises(OSError, match="No space left"):
        onboarded(desk, a_call())

    assert only_proposal(desk, done.id).state is ProposalState.APPROVED
    desk.press.pdf = original
    assert onboarded(desk, a_call()).proposal.number == "P-2026-0001"


def _fail(document, original, rest):
    if document == "proposal":
        raise OSError(28, "No space left on device")
    return original(document, *rest)


def test_proposal_whose_last_day_is_over_is_followed_by_a_new_one_and_stays_as_it_was():
    desk = a_desk()
    first = onboarded(desk, a_call())
    document = desk.store.proposal(first.proposal.proposal).document
    before = desk.documents.kept[document]
    desk.clock.advance(days=31)

    second = onboarded(desk, a_call())

    assert second.proposal.proposal != first.proposal.proposal
    assert second.proposal.state is ProposalState.SENT
    assert desk.documents.kept[document] == before


def test_draft_whose_window_is_no_longer_held_is_not_sent_as_it_is():
    desk = a_desk(None, YES, NO)
    first = onboarded(desk, a_call())
    desk.clock.advance(days=14)

    second = onboarded(desk, a_call())

    assert second.proposal.answer_by != first.proposal.answer_by
    assert desk.store.proposal(first.proposal.proposal).state is ProposalState.WITHDRAWN


def test_two_repositories_give_findings_by_repository():
    desk = a_desk()

    done = onboarded(desk, a_call(SHOP, BOOKING))

    printed = desk.documents.kept["proposals/P-2026-0001.pdf"].decode()
    assert len(done.audits) == 2
    assert "R1-F-01" in printed
    assert "R2-F-01" in printed


def test_without_a_mail_server_the_mail_stays_approved_in_the_outbox():
    desk = a_desk()

    done = onboarded(desk, a_call())

    (mail,) = desk.store.messages()
    assert mail.state is MessageState.APPROVED
    assert list(desk.outbox.filed) == [mail.message_id]
    assert "no mail server" in done.proposal.mail_state


def test_documents_may_lie_in_an_object_store(monkeypatch):
    with object_store() as reached:
        for name, value in reached.items():
            monkeypatch.setenv(name, value)
        documents = DocumentFolder(f"s3://{BUCKET}/documents")

        done = onboarded(a_desk(documents=documents), a_call())

        assert done.proposal.pdf == f"s3://{BUCKET}/documents/proposals/P-2026-0001.pdf"
        assert documents.get("proposals/P-2026-0001.pdf").startswith(b"%PDF")
