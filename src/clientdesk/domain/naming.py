"""What a person types to name something, matched: the whole name, a word's beginning, an id, an address."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from clientdesk.domain.intake import client_key

# Fewer letters are no name: "a" would choose whoever happens to be alone with it today.
_SHORTEST_WORD, _SHORTEST_ID = 3, 4
_LIKE = 0.6
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with an id and a name, and the addresses of its repositories (or what else stands for it)."""

    id: str
    name: str
    addresses: tuple[str, ...] = ()


def meant(wanted: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Those that `wanted` may mean: who has just this name, id or address; only if nobody has, who fits in part.

    In part fit the beginning of an id, words of the name from a word's beginning on, and a repository's own name.
    """
    for exactly in (client_key, folded):
        text = exactly(_address(wanted))
        whole = tuple(each for each in known if text and text in {exactly(_address(name)) for name in _names(each)})
        if whole:
            return whole
    return tuple(each for each in known if _fits(folded(wanted), each))


def nearest(wanted: str, known: Sequence[Named], most: int = 3) -> tuple[Named, ...]:
    """Those whose name looks most like `wanted`, the likest first; none where none does."""
    text = folded(wanted[:_LONGEST])
    rated = sorted(((_likeness(text, each), place) for place, each in enumerate(known)), key=lambda r: (-r[0], r[1]))
    return tuple(known[place] for rate, place in rated[:most] if rate >= _LIKE)


def folded(text: str) -> str:
    """Letter case, accents, spacing and Unicode form don't count."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def repository_name(address: str) -> str:
    """`shop` of `git@host:team/shop.git`."""
    return _address(address).replace(":", "/").rpartition("/")[2]


def _address(text: str) -> str:
    """`git clone` takes it with and without what is removed here."""
    return text.strip().rstrip("/").removesuffix(".git")


def _names(each: Named) -> tuple[str, ...]:
    return (each.id, each.name, *each.addresses)


def _fits(text: str, each: Named) -> bool:
    is_id = len(text) >= _SHORTEST_ID and each.id.startswith(text)
    is_word = len(text) >= _SHORTEST_WORD and f" {text}" in f" {folded(each.name)}"
    return is_id or is_word or text in {folded(repository_name(address)) for address in each.addresses}


def _likeness(text: str, each: Named) -> float:
    """Of the whole name, or of as many of its first letters: `Harbor` is like `Harbour Bookings GmbH`."""
    name = folded(each.name)
    matcher = SequenceMatcher(None, text, name[: len(text) + 1], autojunk=False)
    return max(matcher.ratio(), SequenceMatcher(None, text, name[:_LONGEST], autojunk=False).ratio())
