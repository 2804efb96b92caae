"""What Prefect knows of runs, as the team is told of it."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fakes.desk import a_desk
from prefect.client.schemas.objects import FlowRun
from prefect.states import Crashed, Failed, Suspended

from clientdesk.domain.notices import TroubleKind
from clientdesk.domain.waiting import Decider
from clientdesk.settings import read_settings
from clientdesk.steps.housekeeping import Done
from clientdesk.wiring import using
from tasks import notices

ENDED = datetime(2026, 3, 16, 7, tzinfo=UTC)
DEPLOYMENT = uuid4()


def a_run(state, *, name="light-audit/shop", tags=()):
    return FlowRun(flow_id=uuid4(), name=name, state=state, deployment_id=DEPLOYMENT, end_time=ENDED, tags=list(tags))


@pytest.fixture
def known(monkeypatch, tmp_path):
    """The runs that Prefect knows."""
    runs = []

    @contextmanager
    def get_client(**_):
        yield type("Client", (), {"read_flow_runs": lambda *_, **__: runs})()

    settings = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    monkeypatch.setattr(notices, "get_client", get_client)
    monkeypatch.setattr(notices, "the_settings", lambda: settings)
    monkeypatch.setattr(notices, "url_for", lambda _, obj_id: f"http://desk/{obj_id}")
    with using(a_desk(decisions=None)):
        yield runs


def test_same_words_with_other_numbers_are_one_cause(known):
    known += [
        a_run(Failed(message="TimeoutError: no answer after 31 s")),
        a_run(Crashed(message="TimeoutError: no answer after 8 s")),
        a_run(Failed(message="Refusal: no such repository")),
    ]

    first, second, other = notices.failed_runs.fn()

    assert first.cause == second.cause != other.cause
    assert len({trouble.key for trouble in (first, second, other)}) == 3
    assert first.link == f"http://desk/{known[0].id}"


def test_run_that_a_round_sums_up_is_no_notice_of_its_own(known):
    known.append(a_run(Failed(message="gone"), tags=["portfolio"]))

    assert notices.failed_runs.fn() == ()


def test_run_that_nobody_decided_is_told_as_such(known):
    known.append(a_run(Failed(message="The flow was paused and never resumed.")))

    (trouble,) = notices.failed_runs.fn()

    assert trouble.kind is TroubleKind.UNDECIDED


def test_waiting_run_says_for_whom_and_until_when(known):
    known.append(a_run(Suspended(timeout_seconds=60, pause_key="account-lead-2"), name="onboarding/Quay"))

    (wait,) = notices.waiting_runs.fn()

    assert (wait.decider, wait.name) == (Decider.ACCOUNT_LEAD, "onboarding/Quay")
    assert timedelta(seconds=55) < wait.until - wait.since <= timedelta(seconds=61)


def test_team_is_told_and_the_mail_handed_over(known):
    known.append(a_run(Failed(message="gone")))

    done = notices.tell_team.fn(notices.failed_runs.fn(), ())

    assert done.sentence == "Told by mail: 1 cause."


def test_sentence_says_what_else_was_done():
    assert notices.and_also(Done("Nothing new to tell."), 0, 0).sentence == "Nothing new to tell."
    assert notices.and_also(Done("Told."), 2, 1).sentence == "Told. 2 reminded. 1 let go on."
