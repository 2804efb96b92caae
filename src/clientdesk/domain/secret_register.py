"""The register of a client's secrets: what there is, where, whose, and when it was last replaced. Never a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from clientdesk.domain.refusal import Refusal

_LONGEST = 120
_MOST_DAYS = 3650
# How the commonest secrets begin, and what gives others away: an assignment, a login in an address, a private key.
_KNOWN = re.compile(
    r"AKIA[0-9A-Z]{8}|ASIA[0-9A-Z]{8}|gh[pousr]_\w{8}|github_pat_\w{8}|glpat-\S{8}|xox[abeoprs]-\S{6}|[srp]k_(?:live|test)_\w{6}"
    r"|AIza[\w-]{20}|eyJ[\w-]{8}|SG\.[\w-]{8}|-----BEGIN|\bBearer\s+\S{8}|npm_\w{16}|pypi-\w{16}|whsec_\w{8}|sk-[\w-]{16}"
)
_LOGIN = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
_ASSIGNED = re.compile(
    r"(?i)pass(?:word|wd|phrase)?\s*[=:]\s*\S{4,}|pwd\s*[=:]\s*\S{4,}|(?:secret|token|key)(?:\s*=\s*|:\s+)\S{4,}"
)
_TOKEN = re.compile(r"[A-Za-z0-9+/_=.~!$%^&*-]{20,}")
_HEXADECIMAL = re.compile(r"(?=.*\d)(?=.*[a-fA-F])[0-9a-fA-F-]{32,}")
_KINDS = (str.isdigit, str.isupper, str.islower)
_CHANGES = 0.3  # of a token's letters; words written together change at each of their beginnings, chance at every third


class LooksLikeSecret(Refusal):
    """The register holds names and places; this looks like the secret itself."""


class BadSecretEntry(Refusal):
    """A name, a place or an interval is missing, or can't be meant."""


@dataclass(frozen=True, slots=True)
class RegisteredSecret:
    """`rotated_on` None: nobody knows when it was last replaced. It is to be replaced every `every_days` days."""

    name: str
    place: str
    owner: str
    every_days: int
    rotated_on: date | None = None

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("place", self.place), ("owner", self.owner)):
            if not text.strip() or len(text) > _LONGEST or not text.isprintable():
                raise BadSecretEntry(f"the {what} of a secret is one line of 1 to {_LONGEST} characters")
            must_be_no_secret(text, what)
        if not 1 <= self.every_days <= _MOST_DAYS:
            raise BadSecretEntry(f"a secret is replaced every 1 to {_MOST_DAYS} days, not every {self.every_days}")

    @property
    def key(self) -> str:
        """The same for the same secret, however it is written."""
        return "\n".join(" ".join(text.casefold().split()) for text in (self.name, self.place))

    @property
    def due_on(self) -> date | None:
        """The day by which it is to be replaced; None: at once, for nobody knows its age."""
        return self.rotated_on + timedelta(days=self.every_days) if self.rotated_on else None

    def is_due(self, by: date) -> bool:
        return self.due_on is None or self.due_on <= by


def must_be_no_secret(text: str, what: str) -> None:
    """Raises `LooksLikeSecret`, without repeating the text."""
    if _looks_like_one(text):
        raise LooksLikeSecret(
            f"the {what} looks like a secret itself, so it was not kept: write what it is called and where it lies, "
            "and if it was a real one, replace it, since it now stands in your shell's history"
        )


def _looks_like_one(text: str) -> bool:
    if _KNOWN.search(text) or _LOGIN.search(text) or _ASSIGNED.search(text):
        return True
    return any(_is_drawn_by_chance(token) for token in _TOKEN.findall(text))


def _is_drawn_by_chance(token: str) -> bool:
    """Long, and from letter to letter now a digit, now a capital: what machines make and nobody types."""
    if _HEXADECIMAL.fullmatch(token):
        return True
    kinds = [next((place for place, is_kind in enumerate(_KINDS) if is_kind(letter)), None) for letter in token]
    changes = sum(a != b for a, b in pairwise(kinds) if a is not None and b is not None)
    return changes / len(token) >= _CHANGES
