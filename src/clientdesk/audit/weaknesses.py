"""Bandit's rules in a client's words: what a weakness of each kind means for the business, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.audit.result import Severity


@dataclass(frozen=True, slots=True)
class Weakness:
    """A family of rules with one cause. `is_noise`: a hint to a reviewer that says nothing by itself.

    `at_most`: what it can be without knowing what it is used for.
    """

    name: str
    consequence: str
    fix_now: str
    fix_later: str = ""
    is_noise: bool = False
    at_most: Severity = Severity.CRITICAL


COMMANDS = Weakness(
    "commands built as text",
    "If any part of the text comes from outside, a stranger can run commands on your server.",
    "Pass the command as a list without a shell.",
    "Let one module start programs, with a list of those allowed.",
)
CODE = Weakness(
    "text executed as code",
    "If any part of the text comes from outside, a stranger can run code on your server.",
    "Replace it by parsing the few forms that are really needed.",
)
SQL = Weakness(
    "database queries built as text",
    "A crafted input can read or change data it should never reach.",
    "Pass values as query parameters.",
    "Keep queries in one layer that only takes parameters.",
)
UNPACKING = Weakness(
    "untrusted data unpacked as objects",
    "Data from outside can run code when it is loaded.",
    "Read JSON, or use the safe loader.",
)
TLS = Weakness(
    "encrypted connections not verified",
    "Traffic can be read or changed on its way by whoever sits in between.",
    "Verify certificates, and use the defaults of the library.",
)
CRYPTO = Weakness(
    "outdated cryptography",
    "What it protects can be forged or read with little effort; auditors reject it.",
    "Use SHA-256 or better, AES-GCM, and a password hash made for it.",
    at_most=Severity.MEDIUM,  # bandit can't see whether the hash guards anything
)
TIMEOUTS = Weakness(
    "network calls without a time limit",
    "One slow partner can make your whole service stand still.",
    "Give every request a timeout.",
    "Make requests through one client with timeouts and retries.",
)
PASSWORDS = Weakness(
    "passwords that may be written in the code",
    "Whoever sees the code has the password, and changing it needs a release.",
    "Look at each; replace real ones and read them from the environment.",
)
DEBUG = Weakness(
    "debugging left switched on",
    "An error page lets a visitor run code on the server.",
    "Switch it by the environment, off by default.",
)
MARKUP = Weakness(
    "text put into pages unescaped",
    "A visitor can plant a script that acts in the name of another.",
    "Escape by default; mark as safe only what the code itself wrote.",
)
XML = Weakness(
    "XML read with an unprotected parser",
    "A small crafted file can stop the service or read files.",
    "Parse with defusedxml.",
)
FILES = Weakness(
    "files open to other users of the server",
    "Another program on the machine can read or swap them.",
    "Create temporary files with tempfile, and set tight permissions.",
    at_most=Severity.LOW,
)
ARCHIVES = Weakness(
    "archives unpacked without checks",
    "A crafted archive can overwrite files outside its folder.",
    "Unpack with a filter that keeps everything inside.",
)
NETWORK = Weakness(
    "services open to more than they need",
    "It may be reachable from networks you did not mean.",
    "Bind to the address that is needed, and let the firewall agree.",
)
ADDRESSES = Weakness(
    "addresses opened without checking their kind",
    "An address from outside could name a file of the server.",
    "Allow http and https only.",
    at_most=Severity.LOW,  # bandit names every call, whoever writes the address
)
PLAIN = Weakness(
    "unencrypted protocols",
    "Names, passwords and data can be read on the way.",
    "Use the encrypted successor (SSH, SFTP, SNMPv3).",
)
HOSTS = Weakness(
    "SSH hosts accepted unseen",
    "The connection may go to somebody else's machine.",
    "Keep known host keys and refuse others.",
)
MODELS = Weakness(
    "models loaded from outside without a fixed version",
    "What is loaded tomorrow may not be what was tested.",
    "Name the exact revision, and load weights only.",
)
HIDDEN = Weakness(
    "characters that hide what code does",
    "The code that runs may not be the code that a reviewer sees.",
    "Look at the file's bytes, and find out who put them there.",
)
NOISE = Weakness("hints for reviewers", "Nothing by itself.", "Nothing.", is_noise=True)
RANDOM = Weakness(
    "ordinary random numbers", "Harmless unless tokens are made of them.", "Use secrets for tokens.", is_noise=True
)
OTHER = Weakness(
    "other weaknesses of the code",
    "It may give an attacker a foothold.",
    "Have an engineer look at the places named.",
)

_BY_RULE: dict[str, Weakness] = {
    f"B{number}": weakness
    for weakness, numbers in (
        (COMMANDS, (601, 602, 604, 605, 609)),
        (CODE, (102, 307)),
        (SQL, (608, 610, 611)),
        (UNPACKING, (301, 302, 506)),
        (TLS, (323, 501, 502, 503, 504)),
        (CRYPTO, (303, 304, 305, 324, 505)),
        (TIMEOUTS, (113,)),
        (PASSWORDS, (105, 106, 107)),
        (DEBUG, (201,)),
        (MARKUP, (308, 701, 702, 703, 704)),
        (XML, (313, 314, 315, 316, 317, 318, 319, 320)),
        (FILES, (103, 108, 306)),
        (ARCHIVES, (202,)),
        (NETWORK, (104, 612)),
        (ADDRESSES, (310,)),
        (PLAIN, (312, 321, 508, 509)),
        (HOSTS, (507,)),
        (MODELS, (614, 615)),
        (HIDDEN, (613,)),
        (RANDOM, (311,)),
        (NOISE, (101, 110, 112, 603, 606, 607, *range(401, 424))),
    )
    for number in numbers
}


def weakness_of(rule: str) -> Weakness:
    """The family of a bandit rule ("B602"); one not known is shown as such rather than left out."""
    return _BY_RULE.get(rule, OTHER)
