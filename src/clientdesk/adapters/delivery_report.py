"""A delivery report (RFC 3464) read out of a mail that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from clientdesk.documents.client_text import printable
from clientdesk.ports.mail import BounceNotice, DeliveryAction

LARGEST = 2_000_000  # bytes looked at; what matters of a report stands at its beginning
_MOST_PARTS, _MOST_RECIPIENTS, _MOST_IDS = 50, 20, 20
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_HEADERS_NAMING_IT = ("X-Original-Message-ID", "Original-Message-ID", "In-Reply-To", "References")


def notices_in(content: bytes, place: str) -> tuple[BounceNotice, ...]:
    """One for each recipient that the report names; none if the mail is no report, or none that can be read."""
    try:
        return tuple(_notices(message_from_bytes(content[:LARGEST], policy=policy.compat32), place))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()  # the parser is lenient, and a mail made to break it says nothing about ours


def _notices(mail: Message, place: str) -> Iterator[BounceNotice]:
    parts = parts_of(mail)
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    about = _message_ids(mail, parts)
    for report in reports:
        blocks = report.get_payload()
        for block in blocks[: _MOST_RECIPIENTS + 1] if isinstance(blocks, list) else ():
            if isinstance(block, Message) and block.get("Action"):
                yield _notice(block, about, place)


def parts_of(mail: Message) -> list[Message]:
    """The mail's parts, breadth first and not many: nesting can be endless."""
    found = [mail]
    for part in found:
        inner = part.get_payload() if part.is_multipart() else ()
        found += [each for each in inner if isinstance(each, Message)][: _MOST_PARTS - len(found)]
    return found


def _message_ids(mail: Message, parts: list[Message]) -> tuple[str, ...]:
    """The original's own header first, wherever it is quoted; then what the report itself refers to."""
    ids: list[str] = []
    for part in parts:
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            ids += _MESSAGE_ID.findall(_quoted_headers(part))
    for part in parts[1:]:
        ids += _MESSAGE_ID.findall(_text(part.get("Message-ID")))
    for header in _HEADERS_NAMING_IT:
        ids += _MESSAGE_ID.findall(" ".join(_text(each) for each in mail.get_all(header, [])))
    return tuple(dict.fromkeys(ids))[:_MOST_IDS]


def _quoted_headers(part: Message) -> str:
    """The Message-ID lines of headers that are quoted as text."""
    payload = part.get_payload(decode=True)
    text = payload.decode("ascii", "replace") if isinstance(payload, bytes) else ""
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return " ".join(re.findall(r"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?(\S+)", head))


def _notice(block: Message, about: tuple[str, ...], place: str) -> BounceNotice:
    action = _text(block.get("Action")).strip().lower()
    recipient = _text(block.get("Original-Recipient") or block.get("Final-Recipient"))
    status = _STATUS.search(_text(block.get("Status")))
    diagnostic = _text(block.get("Diagnostic-Code"))
    return BounceNotice(
        place=place,
        action=DeliveryAction(action) if action in {"failed", "delayed"} else DeliveryAction.OTHER,
        message_ids=about,
        recipient=printable(recipient.rpartition(";")[2].strip().strip("<>"), 254),
        status=status[0] if status else "",
        diagnostic=printable(diagnostic.partition(";")[2] or diagnostic, 200),
    )


def _text(header: object) -> str:
    """A header's text; the parser gives other types for bytes outside ASCII."""
    return "" if header is None else str(header)[:4000]
