"""The team hears of a finished audit once."""

from fakes.offers import an_offer

from clientdesk.ports.mail import MessageState
from clientdesk.steps.announcing import announce_audit
from clientdesk.steps.looking_up import kept_audits


def test_audit_is_announced_to_the_agency_itself_once():
    desk, _ = an_offer()
    audit = kept_audits(desk.store)[0]

    mail = announce_audit(desk, audit.id)

    assert (mail.key.recipient, mail.key.purpose, mail.state) == (
        "contact@atenbi.com",
        "audit-finished",
        MessageState.APPROVED,
    )
    assert announce_audit(desk, audit.id) == mail
