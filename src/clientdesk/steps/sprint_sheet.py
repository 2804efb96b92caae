"""The sprint sheet: written once, printed, and mailed to the client and the team."""

from __future__ import annotations

from dataclasses import replace

from clientdesk.documents.sprint_facts import SprintFacts
from clientdesk.documents.sprint_sheet import sheet_view, started_letter
from clientdesk.ports.documents import Attachment
from clientdesk.ports.mail import Message, MessageKey, MessageState
from clientdesk.ports.sprints import Moment, SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client, mail_to_team
from clientdesk.steps.sprint_audits import audited
from clientdesk.steps.sprint_plan import secrets_due
from clientdesk.steps.sprint_start import late_of

_LETTER = "sprint-started"


def publish_sheet(desk: Desk, window: str) -> tuple[str, ...]:
    """Write the sheet (PDF and page) and put both mails into the outbox; returns the mails' ids.

    The client's mail goes out without a further look: the window was agreed on, and nobody should wait for it at nine
    in the morning. Run again, the sheet that stands is the one that is mailed, and no mail is made twice.
    """
    sprint = desk.sprints.sprint(window)
    name = sprint.sheet or _printed(desk, sprint)
    mails = (_to_client(desk, sprint, name), _to_team(desk, sprint, name))
    desk.sprints.keep_sheet(window, name)
    return tuple(mail.id for mail in mails)


def facts_of(desk: Desk, sprint: SprintRecord, moment: Moment) -> SprintFacts:
    """What is known of the sprint at its start or its end."""
    call, record = desk.store.latest_call(sprint.client), desk.windows.window(sprint.window)
    following = desk.windows.next_after(sprint.window)
    return SprintFacts(
        company=call.company,
        contact=call.contacts[0].name,
        locale=call.locale,
        window=record.window,
        started_at=sprint.started_at,
        late=late_of(sprint),
        box_minutes=sprint.box_minutes,
        items=desk.sprints.items_in(sprint.window),
        repositories=audited(desk, sprint.window, moment),
        secrets=secrets_due(desk, sprint),
        next_window=following.window if following else None,
    )


def document_name(desk: Desk, sprint: SprintRecord, kind: str) -> str:
    """Named for the day and the client, unique by the window."""
    day = desk.windows.window(sprint.window).window.day
    return f"sprints/{day}-{sprint.client[:8]}-{sprint.window[:8]}-{kind}.pdf"


def _printed(desk: Desk, sprint: SprintRecord) -> str:
    with desk.progress.step("Sprint sheet"):
        view, name = sheet_view(facts_of(desk, sprint, Moment.START), desk.agency), document_name(desk, sprint, "sheet")
        desk.documents.put(name, desk.press.pdf("sprint-sheet", view, sprint.started_at))
        desk.documents.put(name.removesuffix(".pdf") + ".html", desk.press.html("sprint-sheet", view).encode())
    return name


def _to_client(desk: Desk, sprint: SprintRecord, name: str) -> Message:
    call = desk.store.latest_call(sprint.client)
    key = mail_key(sprint, call.contacts[0].email, _LETTER)
    known = desk.store.message_for(key)
    if known is not None:
        return known
    letter = started_letter(facts_of(desk, sprint, Moment.START), desk.agency, "", to_team=False)
    attached = Attachment(name.rpartition("/")[2], desk.documents.get(name), "application/pdf")
    mail = mail_to_client(desk, call, key, desk.press.email(_LETTER, letter), (attached,), state=MessageState.APPROVED)
    return desk.store.add_message(mail, desk.clock.now())


def _to_team(desk: Desk, sprint: SprintRecord, name: str) -> Message:
    key = mail_key(sprint, desk.agency.seller.email, f"{_LETTER}-team")
    known = desk.store.message_for(key)
    if known is not None:
        return known
    facts = in_team_language(desk, facts_of(desk, sprint, Moment.START))
    letter = started_letter(facts, desk.agency, desk.documents.place(name), to_team=True)
    return desk.store.add_message(mail_to_team(desk, key, desk.press.email(_LETTER, letter)), desk.clock.now())


def mail_key(sprint: SprintRecord, recipient: str, purpose: str) -> MessageKey:
    return MessageKey(f"sprint:{sprint.window}", "1", recipient, purpose)


def in_team_language(desk: Desk, facts: SprintFacts) -> SprintFacts:
    return replace(facts, locale=desk.agency.proposals.locale)
