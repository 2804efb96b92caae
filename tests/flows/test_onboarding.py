"""Onboarding with the engine: the order of the steps, and what each no ends."""

import pytest
from fakes.desk import BOOKING, NO, SHOP, YES, a_desk, a_form
from fakes.waiting_runs import asked_in, ended_undecided, said, started, tried_again, went_on

from clientdesk.domain.proposal import ProposalState
from clientdesk.steps.showing import finding_choices
from clientdesk.wiring import using
from flows.onboarding import onboard_client

pytestmark = pytest.mark.engine


def test_steps_come_in_the_agencys_order():
    with using(a_desk()) as desk:
        done = onboard_client(a_form(SHOP, BOOKING))

    titles = [title for title, _ in desk.progress.ended]
    order = ["Intro call", f"Clone {SHOP}", f"Clone {BOOKING}", "Proposal", "Number and print", "E-mail"]
    assert [title for title in titles if title in order] == order
    assert titles.count("Audit report") == 2
    assert (done.proposal.number, done.proposal.state) == ("P-2026-0001", ProposalState.SENT)
    assert desk.checkouts.kept == {}


@pytest.mark.parametrize(("answers", "state"), [((NO,), None), ((YES, NO), ProposalState.IN_REVIEW)])
def test_a_no_ends_it_with_nothing_sent(answers, state):
    with using(a_desk(None, *answers)) as desk:
        done = onboard_client(a_form())

    assert (done.proposal and done.proposal.state) == state
    assert desk.store.messages() == ()


def test_run_without_a_terminal_waits_for_people_and_takes_up_what_it_had_stored():
    with using(a_desk(decisions=None)) as desk:
        run = started(onboard_client, "onboarding", intake=a_form().model_dump(mode="json"))
        assert went_on(onboard_client, run).name == "Suspended"
        titles = [title for title, _ in desk.progress.ended]

        first, *_ = finding_choices(desk, [audit.id for audit in desk.store.audits_of(desk.store.clients()[0].id)])
        judged = {"finding": first, "severity": "info", "why": ""}
        said(run, course="accept", by="Ada", severities=[judged])
        assert went_on(onboard_client, run).name == "Suspended"
        assert "F-01 is set without a reason" in asked_in(run)
        assert '"why":""' in asked_in(run, "schema")

        said(run, course="accept", by="Ada", severities=[{**judged, "why": "known"}])
        assert went_on(onboard_client, run).name == "Suspended"
        said(run, course="change it and show me again", by="Max", discount=10, why="welcome")
        assert went_on(onboard_client, run).name == "Suspended"
        assert "welcome" in asked_in(run)
        assert [mail.key.purpose for mail in desk.store.messages()] == ["audit-finished"]

        said(run, course="send it as shown", by="Max", letter="Good to meet you.")
        assert went_on(onboard_client, run).name == "Suspended"
        said(run, answer_given="accepted", by="Nora", on=desk.today().isoformat(), words="Yes.", recorded_by="Max")
        done = went_on(onboard_client, run)

    assert done.is_completed()
    again = [title for title, _ in desk.progress.ended]
    assert [again.count(t) for t in ("Intro call", f"Clone {SHOP}", "Number and print", "E-mail")] == [1, 1, 1, 1]
    assert again[: len(titles)] == titles
    (client,) = desk.store.clients()
    states = {record.state for record in desk.store.proposals_of(client.id)}
    assert states == {ProposalState.ACCEPTED, ProposalState.WITHDRAWN}
    (audit,) = desk.store.audits_of(client.id)
    assert [(j.finding, j.why) for j in audit.sign_off.judgements] == [("F-01", "known")]
    assert b"Good to meet you." in desk.store.messages()[1].source


@pytest.mark.parametrize("is_forced", [True, False])
def test_run_that_nobody_decided_in_time_asks_only_what_is_open_when_it_is_tried_again(is_forced):
    with using(a_desk(decisions=None)) as desk:
        run = started(onboard_client, "onboarding", intake=a_form().model_dump(mode="json"))
        went_on(onboard_client, run)
        said(run, course="accept", by="Ada")
        went_on(onboard_client, run)
        ended_undecided(run)

        tried_again(run, is_forced=is_forced)
        assert desk.store.proposals(ProposalState.SENT) == ()
        assert went_on(onboard_client, run).name == "Suspended"
        assert "Proposal to Harbour" in asked_in(run)
        said(run, course="send it as shown", by="Max")
        assert went_on(onboard_client, run).name == "Suspended"

    titles = [title for title, _ in desk.progress.ended]
    assert [titles.count(each) for each in ("Intro call", f"Clone {SHOP}", "Number and print")] == [1, 1, 1]


def test_engineer_may_have_it_audited_again_and_stop():
    with using(a_desk(decisions=None)) as desk:
        run = started(onboard_client, "onboarding", intake=a_form().model_dump(mode="json"))
        went_on(onboard_client, run)
        said(run, course="audit again", by="Ada")
        assert went_on(onboard_client, run).name == "Suspended"
        said(run, course="stop", by="Ada")

        assert went_on(onboard_client, run).is_completed()

    assert [title for title, _ in desk.progress.ended].count(f"Clone {SHOP}") == 2
    (client,) = desk.store.clients()
    assert desk.store.proposals_of(client.id) == ()
