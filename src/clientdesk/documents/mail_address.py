"""Mail addresses as they go over the wire."""

from __future__ import annotations

import re

import idna

from clientdesk.domain.refusal import Refusal

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME = re.compile(rf"{_WORD}(\.{_WORD})*")
_DOMAIN = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*")
_LONGEST = 254


class BadAddress(Refusal):
    """A mail address that no mail can be sent to."""


def wire_address(address: str) -> str:
    """The address in ASCII: a domain with umlauts has an ASCII form, a name before the @ has none.

    Raises `BadAddress`, for text that holds more than one plain address as well.
    """
    name, _, domain = address.rpartition("@")
    if name and not name.isascii():
        raise BadAddress(f"{address!r} can't be reached: before the @ only ASCII is delivered everywhere")
    try:
        # By today's rules: those of the standard library make another domain, with another owner, of "größe".
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except UnicodeError as error:
        raise _no_address(address) from error
    if not _NAME.fullmatch(name) or not _DOMAIN.fullmatch(ascii_domain) or len(address) > _LONGEST:
        raise _no_address(address)
    return f"{name}@{ascii_domain}"


def _no_address(address: str) -> BadAddress:
    return BadAddress(f"{address[:_LONGEST]!r} is no mail address: it looks like name@example.com")
