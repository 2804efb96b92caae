"""Calendars' answers matched to our windows: recorded for a contact of the client's, and a no told to the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from clientdesk.documents.window_letters import declined_window_letter
from clientdesk.domain.windows import WindowState
from clientdesk.ports.invitations import CalendarAnswer, InvitationReply, KeptReply
from clientdesk.ports.mail import MessageKey
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.inviting import about_window
from clientdesk.steps.mailing import mail_to_team

# An answer to a window that was over before this is nobody's news.
_REMEMBERED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Replies:
    """What the answers came to. `known` were recorded before; `unmatched` name no window, or nobody we invited."""

    recorded: tuple[InvitationReply, ...]
    known: tuple[InvitationReply, ...]
    unmatched: tuple[InvitationReply, ...]


def record_replies(desk: Desk, replies: Sequence[InvitationReply]) -> Replies:
    """Record them; the same answers again change nothing. No answer moves a window: a person does."""
    windows = {each.uid: each for each in desk.windows.windows(since=desk.today() - _REMEMBERED)} if replies else {}
    recorded: list[InvitationReply] = []
    known: list[InvitationReply] = []
    unmatched: list[InvitationReply] = []
    for reply in replies:
        window = windows.get(reply.uid)
        if window is None or not _is_invited(desk, window, reply):
            unmatched.append(reply)
            continue
        is_new = desk.replies.keep(window.id, reply, desk.clock.now())
        (recorded if is_new else known).append(reply)
        if _needs_a_person(window, reply):
            _tell(desk, window, reply)  # under a key: whoever died before it tells it now
    return Replies(tuple(recorded), tuple(known), tuple(unmatched))


def standing_replies(desk: Desk, window: WindowRecord) -> tuple[KeptReply, ...]:
    """The last answer of each contact to the window as it stands now; those to an earlier day don't count."""
    latest = {each.attendee: each for each in desk.replies.replies_of(window.id) if each.sequence == window.sequence}
    return tuple(sorted(latest.values(), key=lambda each: each.attendee))


def _is_invited(desk: Desk, window: WindowRecord, reply: InvitationReply) -> bool:
    """The address must be a contact's: who knows a window's name alone, from a forwarded mail, answers for nobody."""
    contacts = desk.store.client(window.client).contacts
    return reply.attendee in {contact.email.casefold() for contact in contacts}


def _needs_a_person(window: WindowRecord, reply: InvitationReply) -> bool:
    is_current = reply.sequence == window.sequence and window.state is WindowState.BOOKED
    return is_current and reply.answer is CalendarAnswer.DECLINED


def _tell(desk: Desk, window: WindowRecord, reply: InvitationReply) -> None:
    """Once for each version of the window and contact."""
    call = desk.store.latest_call(window.client)
    key = MessageKey(about_window(window.id), str(window.sequence), desk.agency.seller.email, "window-declined")
    letter = declined_window_letter(call, desk.agency, window.window, reply.attendee, reply.words)
    mail = mail_to_team(desk, key, desk.press.email("window-declined", letter))
    desk.store.add_message(mail, desk.clock.now())
