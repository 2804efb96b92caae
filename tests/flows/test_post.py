"""The post with the engine."""

import pytest
from fakes.business import in_outbox
from fakes.desk import a_desk

from clientdesk.settings import read_settings
from clientdesk.wiring import using
from flows.post import read_bounces, read_invitation_answers, send_mail
from tasks import housekeeping

pytestmark = pytest.mark.engine


def test_mail_goes_out_and_the_mailbox_is_looked_at(monkeypatch, tmp_path):
    settings = read_settings({"CLIENTDESK_HOME": str(tmp_path)}, tmp_path)
    monkeypatch.setattr(housekeeping, "the_settings", lambda: settings)
    with using(a_desk(mails=True)) as desk:
        in_outbox(desk.store)

        said = [
            flow(return_state=True).message for flow in (send_mail, send_mail, read_bounces, read_invitation_answers)
        ]

    assert said == [
        "1 sent.",
        "No mail was due.",
        "No mailbox is configured: bounces are not seen.",
        "No mailbox is configured: answers to invitations are not seen.",
    ]
    assert len(desk.mailer.delivered) == 1
