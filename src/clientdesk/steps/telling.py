"""The team is told what went wrong, and who has to decide is reminded: once for each cause, and never by surprise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from clientdesk.documents.notices import channel_text, decider_name, notice_letter, wait_letter
from clientdesk.domain.intake import Contact
from clientdesk.domain.notices import Notice, Trouble, TroubleKind, to_tell
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.waiting import Decider, Wait, reminder_due
from clientdesk.ports.channel import Channel, ChannelDown
from clientdesk.ports.mail import Message, MessageKey, MessageState
from clientdesk.ports.records import UnknownRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_team

_S, _K = MessageState, TroubleKind
_MAIL_KINDS = {_S.UNCERTAIN: _K.MAIL_UNCERTAIN, _S.BOUNCED: _K.MAIL_BOUNCED, _S.RETRYABLE: _K.MAIL_GIVEN_UP}
_DRAFTS = frozenset({_S.DRAFT, _S.PREVIEWED})
_LOOK_BACK = timedelta(days=7)
# A person who has just drafted it is about to approve it.
_DRAFT_AFTER = timedelta(hours=1)
_PURPOSE = "team-notice"


def mail_troubles(desk: Desk) -> tuple[Trouble, ...]:
    """Mails that a person has to look at. One that will be tried again by itself is none."""
    wanted = (*_MAIL_KINDS, *_DRAFTS)
    return tuple(trouble for mail in desk.store.messages(*wanted) if (trouble := _mail_trouble(desk, mail)))


def wait_troubles(desk: Desk, waits: Iterable[Wait], every: timedelta) -> tuple[Trouble, ...]:
    """For the channel: runs that somebody of the team keeps waiting."""
    now = desk.clock.now()
    return tuple(
        Trouble(_K.RUN_WAITS, f"waits:{wait.run}:{wait.question}", f"waits:{wait.run}:{wait.question}", wait.name,
                f"for {decider_name(wait, desk.agency)}", wait.since, wait.link)
        for wait in waits
        if wait.decider is not Decider.CLIENT and wait.since + every <= now
    )  # fmt: skip


def tell_team(desk: Desk, troubles: Sequence[Trouble], channel: Channel | None) -> tuple[str, Message | None]:
    """Tell what nobody has heard of, in one message: in the channel, or by mail where there is none or it is down.

    Returns a sentence, and the mail that is to be handed over. What is told is kept, so that it is told once.
    """
    now = desk.clock.now()
    told = desk.store.told([key for trouble in troubles for key in (trouble.key, trouble.cause)])
    notices = to_tell(troubles, told, now)
    if not notices:
        return "Nothing new to tell.", None
    mail, how = _told(desk, notices, channel)
    desk.store.tell([key for notice in notices for key in (*notice.keys, notice.latest.cause)], now)
    return f"Told {how}: {len(notices)} {'cause' if len(notices) == 1 else 'causes'}.", mail


def remind_deciders(desk: Desk, waits: Iterable[Wait], every: timedelta) -> tuple[Message, ...]:
    """A mail to whoever has to decide, with the link to the run: for each wait the latest reminder that is due."""
    now = desk.clock.now()
    asked = [wait for wait in waits if wait.decider is not Decider.CLIENT]
    due = [(wait, which) for wait in asked if (which := reminder_due(wait, every, now))]
    return tuple(mail for wait, which in due if (mail := _reminder(desk, wait, which)) is not None)


def settled(desk: Desk, waits: Iterable[Wait], every: timedelta) -> tuple[Wait, ...]:
    """Waits for a client's answer that need no more waiting: it was put down elsewhere, or the offer is off.

    After its last day an offer waits on for a yes that was given in time, but not until the run would fail for it.
    """
    now = desk.clock.now()
    return tuple(wait for wait in waits if wait.proposal and _is_settled(desk, wait, is_late=_ends(wait, every, now)))


def _ends(wait: Wait, every: timedelta, now: datetime) -> bool:
    return wait.until is not None and wait.until - every <= now


def _is_settled(desk: Desk, wait: Wait, *, is_late: bool) -> bool:
    try:
        state = desk.store.proposal(wait.proposal).state
    except UnknownRecord:
        return False
    return state is not ProposalState.SENT and (state is not ProposalState.EXPIRED or is_late)


def _mail_trouble(desk: Desk, mail: Message) -> Trouble | None:
    now, since = desk.clock.now(), mail.since or desk.clock.now()
    is_old = now - since > _LOOK_BACK
    is_on_its_way = mail.state is _S.RETRYABLE and mail.retry_at is not None
    is_new_draft = mail.state in _DRAFTS and now - since < _DRAFT_AFTER
    if is_old or is_on_its_way or is_new_draft or mail.key.purpose == _PURPOSE:
        return None
    kind = _MAIL_KINDS.get(mail.state, _K.MAIL_DRAFT)
    key = f"mail:{mail.id}:{kind}"
    return Trouble(kind, key, key, f"{mail.subject} → {mail.key.recipient}", mail.detail, since)


def _told(desk: Desk, notices: Sequence[Notice], channel: Channel | None) -> tuple[Message | None, str]:
    if channel is not None:
        try:
            channel.post(channel_text(notices))
        except ChannelDown as down:
            return _mailed(desk, notices), f"by mail, for {down}"
        return None, "in the channel"
    return _mailed(desk, notices), "by mail"


def _mailed(desk: Desk, notices: Sequence[Notice]) -> Message:
    """The same occurrences are one mail, also where whoever told them died before it was kept."""
    keys = "\n".join(sorted(key for notice in notices for key in notice.keys))
    digest = hashlib.sha256(keys.encode()).hexdigest()[:32]
    key = MessageKey(f"notice:{digest}", "1", desk.agency.seller.email, _PURPOSE)
    known = desk.store.message_for(key)
    if known is not None:
        return known
    letter = desk.press.email(_PURPOSE, notice_letter(notices, desk.agency))
    return desk.store.add_message(mail_to_team(desk, key, letter), desk.clock.now())


def _reminder(desk: Desk, wait: Wait, which: str) -> Message | None:
    """None where it was sent already."""
    rules, own = desk.agency.proposals, desk.agency.seller.email
    address = rules.engineer_email if wait.decider is Decider.ENGINEER else rules.account_lead_email
    recipient = Contact(decider_name(wait, desk.agency), address or own)
    key = MessageKey(f"run:{wait.run}", f"{wait.question}/{which}", recipient.email, "decision-waits")
    if desk.store.message_for(key) is not None:
        return None
    letter = desk.press.email("decision-waits", wait_letter(wait, desk.agency, is_last=which == "last"))
    return desk.store.add_message(mail_to_team(desk, key, letter, recipient), desk.clock.now())
