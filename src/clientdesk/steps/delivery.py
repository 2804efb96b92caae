"""Handing mails over: claimed by one sender, tried again only before the body, never sent twice by itself."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from clientdesk.domain.proposal import IllegalMove
from clientdesk.ports.mail import Mailer, Message, MessageState, Undelivered
from clientdesk.ports.store import Store

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
# Longer than any attempt takes: every wait for the server has a time limit of its own.
CRASHED_AFTER = timedelta(minutes=30)


def deliver(store: Store, mailer: Mailer, message: str, now: datetime) -> Message:
    """Hand the mail over once, and record how that ended.

    Without a mail server it stays approved. One that another sender has, or that went out, is returned as it is.
    Whoever dies in here leaves it `sending`, which `sweep` makes `uncertain`.
    """
    if not mailer.is_configured:
        return store.message(message)
    claimed = store.claim(message, now)
    if claimed is None:
        return store.message(message)
    return _handed_over(store, mailer, claimed, now)


def sweep(store: Store, now: datetime, crashed_after: timedelta = CRASHED_AFTER) -> tuple[Message, ...]:
    """Mails whose sender died: nobody knows whether they went out, so they become uncertain, for a person."""
    stuck = [mail for mail in store.messages(MessageState.SENDING) if mail.since and mail.since + crashed_after <= now]
    found: list[Message] = []
    for mail in stuck:
        detail = f"the sender stopped in the middle of attempt {mail.attempts}; look whether it arrived"
        with suppress(IllegalMove):  # its sender was slow, not dead, and has settled it since
            found.append(store.settle(mail.id, MessageState.UNCERTAIN, detail, now, attempt=mail.attempts))
    return tuple(found)


def due(store: Store, now: datetime) -> tuple[str, ...]:
    """The mails to hand over now: the approved ones, and the retryable ones whose time has come."""
    waiting = store.messages(MessageState.APPROVED, MessageState.RETRYABLE)
    return tuple(mail.id for mail in waiting if mail.state is MessageState.APPROVED or _is_due(mail, now))


def _is_due(mail: Message, now: datetime) -> bool:
    return mail.retry_at is not None and mail.retry_at <= now


def _handed_over(store: Store, mailer: Mailer, mail: Message, now: datetime) -> Message:
    if hashlib.sha256(mail.source).hexdigest() != mail.sha256:
        changed = "it is not what was approved: its hash differs; nothing was sent"
        return store.settle(mail.id, MessageState.REJECTED, changed, now, attempt=mail.attempts)
    try:
        answer = mailer.deliver(mail)
    except Undelivered as failure:
        return _failed(store, mail, failure, now)
    return store.settle(mail.id, MessageState.SENT, answer, now, attempt=mail.attempts)


def _failed(store: Store, mail: Message, failure: Undelivered, now: datetime) -> Message:
    if failure.state is not MessageState.RETRYABLE:
        return store.settle(mail.id, failure.state, failure.detail, now, attempt=mail.attempts)
    if mail.attempts > len(RETRY_AFTER):
        detail = f"{failure.detail} (given up after {mail.attempts} attempts; it waits for a person)"
        return store.settle(mail.id, MessageState.RETRYABLE, detail, now, attempt=mail.attempts)
    retry_at = now + RETRY_AFTER[mail.attempts - 1]
    return store.settle(mail.id, MessageState.RETRYABLE, failure.detail, now, retry_at=retry_at, attempt=mail.attempts)
