"""A paper of a sprint has one name, and each reader is mailed it once."""

from __future__ import annotations

from email import message_from_bytes, policy

from fakes.sprint_runs import started

from clientdesk.ports.mail import MessageState
from clientdesk.steps.sprint_papers import mailed, printed


def never(_place):
    raise AssertionError("a letter that is in the outbox already must not be composed again")


def test_paper_is_printed_as_pdf_and_page_under_the_name_of_its_day():
    desk, window = started()
    sprint = desk.sprints.sprint(window.id)

    name = printed(desk, sprint, "minutes", "sprint-sheet", {"title": "Minutes"}, sprint.started_at)

    assert name == f"sprints/{window.window.day}-{window.client[:8]}-{window.id[:8]}-minutes.pdf"
    assert desk.documents.get(name).startswith(b"%PDF")
    assert b"Minutes" in desk.documents.get(name.replace(".pdf", ".html"))


def test_letter_is_composed_only_for_a_reader_who_has_none():
    desk, window = started()
    sprint = desk.sprints.sprint(window.id)

    mails = mailed(desk, sprint, "sprint-started", never, sprint.sheet, MessageState.APPROVED)

    assert [each.key.purpose for each in mails] == ["sprint-started", "sprint-started-team"]
    assert {each.id for each in mails} <= {each.id for each in desk.store.messages()}


def test_paper_is_attached_for_the_client_and_waits_where_it_is_a_draft():
    desk, window = started()
    sprint = desk.sprints.sprint(window.id)

    mail, _ = mailed(desk, sprint, "minutes", lambda _: {"title": "Minutes"}, sprint.sheet, MessageState.DRAFT)

    assert mail.state is MessageState.DRAFT
    (attached,) = message_from_bytes(mail.source, policy=policy.default).iter_attachments()
    assert attached.get_content() == desk.documents.get(sprint.sheet)


def test_the_team_is_told_where_the_paper_lies():
    desk, window = started()
    sprint = desk.sprints.sprint(window.id)
    places = []

    mailed(desk, sprint, "minutes", lambda place: places.append(place) or {}, sprint.sheet, MessageState.DRAFT)

    assert places == ["", desk.documents.place(sprint.sheet)]
