"""The mail that tells the team of a finished audit, for an engineer who does not sit at the terminal."""

from __future__ import annotations

from clientdesk.documents.letters import audit_letter
from clientdesk.ports.mail import Message, MessageKey
from clientdesk.steps.auditing import kept_audit, pdf_of
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_team


def announce_audit(desk: Desk, audit: str, page: str = "") -> Message:
    """Put it into the outbox, approved, once for each audit; it goes to the agency's own address.

    `page` is where the run that made it is decided on.
    """
    record, report = desk.store.audit(audit), kept_audit(desk, audit)
    key = MessageKey(f"audit:{audit}", record.commit, desk.agency.seller.email, "audit-finished")
    known = desk.store.message_for(key)
    if known is not None:
        return known
    letter = audit_letter(report, desk.agency, desk.documents.place(pdf_of(record)), page)
    mail = mail_to_team(desk, key, desk.press.email("audit-finished", letter))
    return desk.store.add_message(mail, desk.clock.now())
