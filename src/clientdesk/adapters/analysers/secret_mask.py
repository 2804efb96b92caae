"""What may be said of a secret: a hash of it and, of a long one, how it begins. It goes no further than here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from clientdesk.audit.scans import Doubt

_KEY_BEGINS = b"-----BEGIN"
_PRIVATE_KEY = re.compile(rb"-----BEGIN [^\n-]{0,60}-----(?:[^-]|-(?!----)){0,20000}+-----END [^\n-]{0,60}-----")
# How far behind the line that a tool names the key of an account's file may begin, and the letters of the least key.
_KEY_NEAR = 3_000
_KEY_LETTERS = re.compile(rb"[A-Za-z0-9+/]")
_SHORTEST_KEY = 100
_IN_ADDRESS = re.compile(rb"://[^\s:/@]{0,100}:([^\s/@]{1,200})@")
# What stands in manuals for what a reader has to fill in.
_PLACEHOLDER = re.compile(
    rb"(?i)(?:my|your|the|some|a|an|new|db|user)?[-_ ]?(?:secret|password|passwd|pass|pwd|token|key"
    rb"|(?:api|access|secret)[-_]?key)(?:[-_ ]?here)?|change[-_ ]?me|changeit|x{3,}|\*{3,}|\.{3,}|<[^>]{0,80}>"
    rb"|\$\{?\w{1,80}\}?|%\w{1,80}%|\{\{[^}]{0,80}\}\}|\[[^\]]{0,80}\]|placeholder|example|dummy|foo|bar|foobar"
)
_DIGEST_DIGITS = 12
_SHOWN_CHARACTERS = 4
# Of a token that begins like all of its kind, nothing is given away by that; a password begins like no other.
_TOKEN = re.compile(r"[A-Za-z0-9_./+=-]{20,}")
# In a line like this, what looks like a token is a piece of a font, a picture or a program.
_DATA_LINE = 2_000
_DATA_AROUND = 24
_DATA = re.compile(rb"[A-Za-z0-9+/_=-]*")
_OWN_MACHINE = re.compile(
    rb"@(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|(?:\w+[-_])?(?:db|database|postgres|postgresql|mysql"
    rb"|mariadb|mongo|mongodb|redis|rabbitmq|rabbit|amqp))(?![\w.-])"
)


@dataclass(frozen=True, slots=True)
class Mask:
    """`digest` "" where the secret could not be read again."""

    digest: str = ""
    shown: str = "masked"
    doubt: Doubt = Doubt.NONE


def mask(content: bytes, line: int, first: int, last: int) -> Mask:
    """`line` counts from 1; `first` and `last` are bytes of that line counted from 0, both included."""
    begin = _start_of(content, line)
    if begin is None:
        return Mask()
    end = content.find(b"\n", begin)
    text = content[begin : end if end >= 0 else len(content)]
    if _KEY_BEGINS in text:
        return _of_key(content, begin + text.index(_KEY_BEGINS), text)
    secret = text[first : last + 1]
    if not secret.strip():
        key = content.find(_KEY_BEGINS, begin, begin + _KEY_NEAR)
        return _of_key(content, key, text) if key >= 0 else Mask()
    return Mask(_digest(secret), _shown(secret.decode("utf-8", "replace")), _doubt(text, first, last))


def _of_key(content: bytes, begin: int, line: bytes) -> Mask:
    key = _PRIVATE_KEY.match(content, begin)
    is_cut = key is not None and len(_KEY_LETTERS.findall(key[0])) < _SHORTEST_KEY
    return Mask(_digest(key[0] if key else line), "a private key", Doubt.PLACEHOLDER if is_cut else Doubt.NONE)


def _start_of(content: bytes, line: int) -> int | None:
    place = 0
    for _ in range(line - 1):
        place = content.find(b"\n", place) + 1
        if not place:
            return None
    return place


def _digest(secret: bytes) -> str:
    """The same however its lines are ended or indented."""
    return hashlib.sha256(b"\n".join(secret.split())).hexdigest()[:_DIGEST_DIGITS]


def _shown(secret: str) -> str:
    if _TOKEN.fullmatch(secret):
        return f"{secret[:_SHOWN_CHARACTERS]}\N{HORIZONTAL ELLIPSIS} ({len(secret)} characters)"
    return f"{len(secret)} characters"


def _doubt(line: bytes, first: int, last: int) -> Doubt:
    before, after = line[max(0, first - _DATA_AROUND) : first], line[last + 1 : last + 1 + _DATA_AROUND]
    if len(line) > _DATA_LINE and before and after and _DATA.fullmatch(before) and _DATA.fullmatch(after):
        return Doubt.ENCODED_DATA
    if _PLACEHOLDER.fullmatch(_password(line[first : last + 1])):
        return Doubt.PLACEHOLDER
    return Doubt.OWN_MACHINE if _OWN_MACHINE.search(line, first, last + 100) else Doubt.NONE


def _password(secret: bytes) -> bytes:
    """Of an address the password in it, else the secret as it is."""
    found = _IN_ADDRESS.search(secret)
    return found[1] if found else secret
