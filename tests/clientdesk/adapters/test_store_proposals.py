"""Proposals: no twin drafts, numbers without gaps, a history of who moved what and why."""

import errno
from dataclasses import replace

import pytest
from fakes import rivals as rival
from fakes.business import NOW, a_client, a_mail, a_proposal, approved, drafted, published, sent
from sqlalchemy import text

from clientdesk.domain.proposal import IllegalMove, ProposalState
from clientdesk.ports.mail import MessageState, about_proposal
from clientdesk.ports.records import ProposalMove, UnknownRecord

S = ProposalState


def send(store, record, publish=published, year=2026):
    return store.send(record.id, "Ada Lead", NOW, year, publish)


def disk_full(_number):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_draft_is_kept_without_a_number(store):
    client = a_client(store)

    record = drafted(store, client)

    assert (record.client, record.state, record.number, record.revision) == (client, S.DRAFT, "", 1)
    assert store.proposal(record.id) == record


@pytest.mark.parametrize("make", [drafted, approved, sent])
def test_open_proposal_of_the_same_basis_is_returned_instead_of_a_second(store, make):
    client = a_client(store)
    record = make(store, client)

    assert drafted(store, client) == record


def test_withdrawn_proposal_is_not_open_any_more(store):
    client = a_client(store)
    first = drafted(store, client)
    store.move(first.id, S.WITHDRAWN, "Ada", NOW)

    assert drafted(store, client).id != first.id


def test_another_basis_is_another_proposal_and_the_newest_comes_first(store):
    client = a_client(store)
    ids = [drafted(store, client, basis).id for basis in ("old", "new")]

    assert [record.id for record in store.proposals_of(client)] == [ids[1], ids[0]]


def test_draft_on_an_audit_that_is_not_kept_is_refused_and_leaves_nothing(store):
    client = a_client(store)
    proposal = replace(a_proposal(store, client), audits=("nothing",))

    with pytest.raises(UnknownRecord, match="nothing"):
        store.draft(client, proposal, "basis", "p.json")

    assert store.proposals_of(client) == ()


def test_every_move_keeps_who_when_and_why(store):
    record = sent(store, a_client(store))

    assert store.moves_of(record.id) == (
        ProposalMove(S.DRAFT, S.IN_REVIEW, "clientdesk", NOW, ""),
        ProposalMove(S.IN_REVIEW, S.APPROVED, "Ada Lead", NOW, "fine"),
        ProposalMove(S.APPROVED, S.SENT, "Ada Lead", NOW, ""),
    )


def test_illegal_move_says_what_is_possible_and_changes_nothing(store):
    record = drafted(store, a_client(store))

    with pytest.raises(IllegalMove, match="in review"):
        store.move(record.id, S.DECLINED, "Ada", NOW)

    assert store.proposal(record.id) == record
    assert store.moves_of(record.id) == ()


def test_nothing_becomes_sent_without_being_sent(store):
    record = approved(store, a_client(store))

    with pytest.raises(IllegalMove, match="sending"):
        store.move(record.id, S.SENT, "Ada", NOW)


@pytest.mark.parametrize("question", ["proposal", "moves_of"])
def test_unknown_proposal_is_refused(store, question):
    with pytest.raises(UnknownRecord, match="nothing"):
        getattr(store, question)("nothing")


def test_sending_numbers_it_and_puts_its_mail_in_the_outbox(store):
    record = send(store, approved(store, a_client(store)))

    assert (record.number, record.state, record.pdf) == ("P-2026-0001", S.SENT, "proposals/P-2026-0001.pdf")
    assert record.pdf_sha256 == published("P-2026-0001").pdf_sha256
    assert [message.key for message in store.messages()] == [a_mail("P-2026-0001").key]


def test_numbers_begin_anew_each_year(store):
    numbers = [
        send(store, approved(store, a_client(store, name)), year=year).number
        for name, year in (("A", 2026), ("B", 2026), ("C", 2027))
    ]

    assert numbers == ["P-2026-0001", "P-2026-0002", "P-2027-0001"]


def test_what_is_sent_already_is_returned_and_not_published_again(store):
    record = sent(store, a_client(store))

    assert send(store, record, disk_full) == record


def test_declined_proposal_is_not_published_again(store):
    record = sent(store, a_client(store))
    declined = store.move(record.id, S.DECLINED, "Nora", NOW, "by mail")

    assert send(store, record, disk_full) == declined


def test_draft_that_nobody_approved_is_not_sent(store):
    record = drafted(store, a_client(store))

    with pytest.raises(IllegalMove, match="draft"):
        send(store, record)


def test_full_disk_while_publishing_leaves_everything_as_it_was_and_the_number_free(store):
    first, second = (approved(store, a_client(store, name)) for name in ("First", "Second"))

    with pytest.raises(OSError, match="No space"):
        send(store, first, disk_full)

    assert store.proposal(first.id) == first
    assert store.messages() == ()
    assert len(store.moves_of(first.id)) == 2
    assert send(store, second).number == "P-2026-0001"
    assert send(store, first).number == "P-2026-0002"


def test_failed_revision_does_not_supersede_what_was_sent(store):
    client = a_client(store)
    parent = sent(store, client, "old")
    revision = approved(store, client, "new")

    with pytest.raises(OSError, match="No space"):
        send(store, revision, disk_full)

    assert store.proposal(parent.id) == parent


def test_revision_takes_its_parents_number_and_supersedes_it(store):
    client = a_client(store)
    parent = sent(store, client, "first")

    numbers = [sent(store, client, basis).number for basis in ("second", "third")]

    assert numbers == ["P-2026-0001-R2", "P-2026-0001-R3"]
    assert [record.state for record in store.proposals_of(client)] == [S.SENT, S.SUPERSEDED, S.SUPERSEDED]
    assert store.moves_of(parent.id)[-1] == ProposalMove(
        S.SENT, S.SUPERSEDED, "Ada Lead", NOW, "superseded by P-2026-0001-R2"
    )


def test_revision_leaves_no_gap_in_the_numbers(store):
    client = a_client(store)
    sent(store, client, "first")
    sent(store, client, "second")

    assert sent(store, a_client(store, "Other")).number == "P-2026-0002"


def test_declined_proposal_is_not_superseded_by_a_fresh_offer(store):
    client = a_client(store)
    declined = sent(store, client, "first")
    store.move(declined.id, S.DECLINED, "Nora", NOW, "too dear")

    assert sent(store, client, "second").number == "P-2026-0002"
    assert store.proposal(declined.id).state is S.DECLINED


def test_publishing_may_read_the_records(store):
    record = approved(store, a_client(store))

    assert send(store, record, lambda number: store.proposal(record.id) and published(number)).number == "P-2026-0001"


def test_processes_that_send_at_once_leave_no_gap_and_no_twin(database_url, rivals):
    at_once = [rivals.submit(rival.send_proposals, database_url, each, 6) for each in range(4)]

    numbers = sorted(number for future in at_once for number in future.result())

    assert numbers == [f"P-2026-{serial:04}" for serial in range(1, 25)]


def test_processes_that_send_one_proposal_at_once_publish_it_once(database_url, rivals, sql_store):
    record = approved(sql_store, a_client(sql_store))

    at_once = [rivals.submit(rival.send_same, database_url, record.id) for _ in range(8)]

    assert sorted(future.result() for future in at_once) == [("P-2026-0001", False)] * 7 + [("P-2026-0001", True)]


def test_processes_that_draft_the_same_at_once_make_no_twin(database_url, rivals, sql_store):
    client = a_client(sql_store)

    at_once = [rivals.submit(rival.draft_same, database_url, client) for _ in range(8)]

    assert len({future.result() for future in at_once}) == 1


def test_process_killed_while_publishing_leaves_the_number_free(database_url, spawned, sql_store):
    record = approved(sql_store, a_client(sql_store))

    assert spawned(rival.die_while_publishing, database_url, record.id) == 9

    assert sql_store.proposal(record.id) == record
    assert send(sql_store, record).number == "P-2026-0001"
    with sql_store._database.reading() as session:
        if session.bind.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def revise(store, parent, basis="revised", why="they asked for less"):
    proposal = a_proposal(store, parent.client)
    return store.revise(parent.id, proposal, basis, f"proposals/{basis}.json", "Max Lead", NOW, why)


def approve(store, record):
    store.move(record.id, S.IN_REVIEW, "clientdesk", NOW)
    return store.move(record.id, S.APPROVED, "Max Lead", NOW)


def test_revision_of_what_was_never_sent_takes_its_place(store):
    parent = approved(store, a_client(store))

    revision = revise(store, parent)

    assert (revision.state, revision.parent) == (S.DRAFT, parent.id)
    assert store.moves_of(parent.id)[-1] == ProposalMove(
        S.APPROVED, S.WITHDRAWN, "Max Lead", NOW, "revised: they asked for less"
    )
    assert send(store, approve(store, revision)).number == "P-2026-0001"


def test_revision_leaves_what_was_sent_on_offer_until_it_is_sent_itself(store):
    parent = sent(store, a_client(store))

    revision = approve(store, revise(store, parent))

    assert store.proposal(parent.id).state is S.SENT
    assert send(store, revision).number == "P-2026-0001-R2"
    assert store.proposal(parent.id).state is S.SUPERSEDED


@pytest.mark.parametrize("end", [S.DECLINED, S.EXPIRED, S.WITHDRAWN])
def test_revision_of_an_offer_that_ended_takes_its_number_and_supersedes_it(store, end):
    parent = sent(store, a_client(store))
    store.move(parent.id, end, "Nora", NOW)

    assert send(store, approve(store, revise(store, parent))).number == "P-2026-0001-R2"
    assert store.proposal(parent.id).state is S.SUPERSEDED


def test_revision_of_a_revision_that_was_never_sent_is_numbered_after_the_one_that_was(store):
    parent = sent(store, a_client(store))
    store.move(parent.id, S.DECLINED, "Nora", NOW)
    unsent = revise(store, parent, "second")

    assert send(store, approve(store, revise(store, unsent, "third"))).number == "P-2026-0001-R2"
    assert store.proposal(parent.id).state is S.SUPERSEDED


def test_same_revision_again_is_the_same_draft(store):
    parent = sent(store, a_client(store))

    assert revise(store, parent) == revise(store, parent)


def test_what_was_superseded_is_not_revised(store):
    client = a_client(store)
    parent = sent(store, client, "first")
    sent(store, client, "second")

    with pytest.raises(IllegalMove, match="only a new proposal can follow"):
        revise(store, parent)


def test_proposals_of_all_clients_come_newest_first_and_by_state(store):
    first = sent(store, a_client(store, "First"))
    second = drafted(store, a_client(store, "Second"))

    assert store.proposals() == (second, first)
    assert store.proposals(S.SENT) == (first,)


def about(number, record):
    message = a_mail(number)
    return replace(message, key=replace(message.key, document=about_proposal(record.id)))


def sent_with_mail(store, client, basis="basis"):
    """A proposal on offer whose mail is still in the outbox."""
    record = approved(store, client, basis)
    return send(store, record, lambda number: replace(published(number), message=about(number, record)))


def test_mail_of_a_proposal_superseded_before_it_went_out_is_held_back_with_the_reason(store):
    client = a_client(store)
    sent_with_mail(store, client, "first")

    sent_with_mail(store, client, "second")

    held, fresh = store.messages()
    assert (held.state, fresh.state) == (MessageState.REJECTED, MessageState.APPROVED)
    assert held.detail == "held back: the proposal is superseded (superseded by P-2026-0001-R2)"
    assert store.claim(held.id, NOW) is None


@pytest.mark.parametrize("end", [S.WITHDRAWN, S.EXPIRED, S.DECLINED])
def test_mail_of_an_offer_that_ended_does_not_go_out(store, end):
    record = sent_with_mail(store, a_client(store))

    store.move(record.id, end, "Max", NOW, "why")

    assert [mail.state for mail in store.messages()] == [MessageState.REJECTED]


def test_mail_that_a_sender_has_in_hand_is_left_to_it(store):
    record = sent_with_mail(store, a_client(store))
    (mail,) = store.messages()
    store.claim(mail.id, NOW)

    store.move(record.id, S.WITHDRAWN, "Max", NOW, "why")

    assert store.message(mail.id).state is MessageState.SENDING


def test_mail_about_a_move_is_in_the_outbox_with_it_or_neither_is(store):
    record = sent(store, a_client(store))
    farewell = replace(about("farewell", record), state=MessageState.DRAFT)

    store.move(record.id, S.DECLINED, "Max", NOW, "too dear", mail=farewell)
    with pytest.raises(IllegalMove):
        store.move(record.id, S.DECLINED, "Max", NOW, "again", mail=about("another", record))

    assert [mail.key.version for mail in store.messages()] == [record.number, "farewell"]
    assert store.messages()[-1].state is MessageState.DRAFT
