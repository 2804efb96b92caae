"""What git's complaints mean for a person, and what to do about each."""

from __future__ import annotations

import re

from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import Unreachable

_HIDDEN = r"Repository not found|repository '.*' not found|URL returned error: 404|remote: Not Found"
_CLOSED = (
    r"Authentication failed|could not read (?:Username|Password)|URL returned error: 40[13]|Permission denied \("
    r"|access denied|Access denied|terminal prompts disabled"
)

# The first that matches decides: the specific ones come before the general ones.
_MEANINGS: tuple[tuple[str, str, type[Refusal]], ...] = (
    (
        r"Could not resolve host|Name or service not known|Temporary failure in name resolution",
        "the host of {where} can't be found; check its spelling, and that this machine is on the network",
        Unreachable,
    ),
    (
        r"Host key verification failed",
        "SSH does not know the host of {where} yet; connect to it once by hand (ssh -T) and accept its key",
        Refusal,
    ),
    (
        _HIDDEN,
        "there is no repository at {where}, or it is hidden from you; check the address, and that you may read it",
        Refusal,
    ),
    (
        _CLOSED,
        (
            "{where} asks for credentials; name one of agency.toml, or use its SSH address (git@host:path) with a key "
            "it knows"
        ),
        Refusal,
    ),
    (
        (
            r"Connection refused|Failed to connect|Couldn't connect|Connection timed out|Operation timed out"
            r"|Network is unreachable|No route to host|Connection reset|Operation too slow|Connection closed"
        ),
        "{where} can't be reached; check the network and try again",
        Unreachable,
    ),
    (
        r"SSL certificate|server certificate|certificate verify failed|SSL_connect|gnutls_handshake",
        "the certificate of {where} can't be trusted; check the address and this machine's certificates",
        Refusal,
    ),
    (r"No space left on device", "the disk is full; free some space and try again", Refusal),
    (
        r"fsck error|: (?:hasDot|hasDotdot|hasDotgit|fullPathname|treeNotSorted|duplicateEntries|gitmodules)",
        "{where} holds damaged or forged objects that git refuses ({detail}); ask the client to run `git fsck`",
        Refusal,
    ),
    (
        (
            r"does not appear to be a git repository|not a git repository|is this a git repository|not valid: is this"
            r"|unable to (?:parse|read) .*info/refs|invalid gitfile"
        ),
        "{where} is not a git repository; give the address that `git clone` takes, or the folder that holds .git",
        Refusal,
    ),
    (
        r"transport '.*' not allowed",
        "{where} leads to a kind of address that is refused; give the address behind it",
        Refusal,
    ),
    (
        r"URL returned error: (?:429|5\d\d)|early EOF|hung up unexpectedly",
        "{where} did not answer to the end ({detail}); try again in a while",
        Unreachable,
    ),
)


def refusal(complaint: str, where: str, credential: str = "") -> Refusal:
    """For what git wrote to its error output about `where`; `Unreachable` where trying again may help.

    `credential` is the name of what should have opened it.
    """
    if credential and re.search(f"{_CLOSED}|{_HIDDEN}", complaint):
        return Refusal(
            f"{where} does not let the credential {credential} in: it may have run out, or may not read this repository"
        )
    for pattern, meaning, kind in _MEANINGS:
        if re.search(pattern, complaint):
            return kind(meaning.format(where=where, detail=_last_words(complaint)))
    return Refusal(f"git could not read {where}: {_last_words(complaint)}")


def _last_words(complaint: str) -> str:
    """The telling line, printable and short: it may be the far side's text. Passwords in addresses are cut out."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    telling = (
        [line for line in lines if re.match(r"(fatal|error|remote: fatal):", line)] or lines or ["no reason given"]
    )
    printable = "".join(character if character.isprintable() else "?" for character in telling[0])
    return re.sub(r"://[^/@\s]+@", "://", printable)[:200]
