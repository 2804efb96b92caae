"""The notices with the engine: what failed is told once, who decides is reminded, an answered run goes on and ends."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest
from fakes.clock import FixedClock
from fakes.desk import a_call, a_desk, a_form
from fakes.offers import a_yes
from fakes.onboarding import audited
from fakes.waiting_runs import said, started, went_on
from prefect.client.orchestration import get_client

from clientdesk.settings import read_settings
from clientdesk.steps.answering import accept
from clientdesk.steps.intake import hold_intro_call
from clientdesk.wiring import using
from flows.light_audit import audit_repository
from flows.notices import tell_team
from flows.onboarding import onboard_client
from flows.proposal import propose
from tasks import notices, waiting

pytestmark = pytest.mark.engine


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """Nobody at a terminal, on real days, for Prefect knows no others."""
    settings = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    for module in (notices, waiting):
        monkeypatch.setattr(module, "the_settings", lambda: settings)
    with using(a_desk(decisions=None, mails=True, clock=FixedClock(datetime.now(UTC)))) as desk:
        yield desk


def mails_about(desk, run):
    """The purposes of the mails whose text names the run."""
    texts = [(mail.key.purpose, message_from_bytes(mail.source, policy=SMTP)) for mail in desk.store.messages()]
    return [purpose for purpose, mail in texts if str(run) in mail.get_body(("plain",)).get_content()]


def test_run_that_failed_is_told_once_and_by_its_page(desk):
    run = started(
        audit_repository, "light-audit", client="nobody", repository={"address": "https://git.example.com/no"}
    )
    assert went_on(audit_repository, run).is_failed()

    told = [tell_team(return_state=True).message for _ in range(2)]

    assert told[0].startswith("Told by mail")
    assert told[1] == "Nothing new to tell."
    assert mails_about(desk, run) == ["team-notice"]


def test_who_keeps_a_run_waiting_is_reminded_after_a_day_and_the_run_waits_on(desk):
    run = started(onboard_client, "onboarding", intake=a_form().model_dump(mode="json"))
    went_on(onboard_client, run)

    tell_team()
    assert mails_about(desk, run) == ["audit-finished"]
    desk.clock.advance(days=1, minutes=1)
    tell_team()
    tell_team()

    assert mails_about(desk, run) == ["audit-finished", "decision-waits"]
    with get_client(sync_client=True) as client:
        assert client.read_flow_run(run).state.name == "Suspended"


def test_run_that_waits_for_an_answer_put_down_elsewhere_goes_on_and_ends(desk):
    client = hold_intro_call(desk, a_call()).client
    run = started(propose, "proposal", client=client, audits=audited(desk, client, a_call()))
    went_on(propose, run)
    said(run, course="send it as shown", by="Max")
    assert went_on(propose, run).name == "Suspended"
    (record,) = desk.store.proposals_of(client)
    accept(desk, record, a_yes(desk), "Max")

    assert "let go on" in tell_team(return_state=True).message

    assert went_on(propose, run).is_completed()
