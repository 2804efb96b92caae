"""Sentences of the rules and the checks in the reader's language: `report_templates/wording/said/<language>.toml`.

Rules and checks speak English. A catalogue has each of their sentences as a pattern with `{names}` where values stand,
and the same names in its translation. `{n:number}` is a figure, written anew as the language writes figures; `{x:said}`
is itself a sentence or a word of the catalogue; `{x:words}` is a list of such, "a, b and 4 more"; in an `{x:list}`
names may stand as they are. `{x:text}` is translated where it is known and stands as it is where not; `{x:name}` is
without spaces; any other value stands as it was.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z0-9`])")
_LONGEST = 2000
_DEEPEST = 4
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Literal pieces with a value between each two of them."""

    pieces: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    translation: str

    def values(self, text: str) -> list[str] | None:
        """The values, each as short as can be; None where the text is another sentence. Takes linear time."""
        first, *middle, last = self.pieces
        if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
            return None
        start, end, found = len(first), len(text) - len(last), []
        for piece in middle:
            place = text.find(piece, start + 1, end)
            if place < 0:
                return None
            found.append(text[start:place])
            start = place + len(piece)
        found.append(text[start:end])
        return found if all(found) else None


class Said:
    """Translates one language's sentences. Without a catalogue it knows none, and English needs none."""

    def __init__(self, entries: Mapping[str, str], decimal_mark: str = ",", thousands_mark: str = ".") -> None:
        self._whole = {text: said for text, said in entries.items() if not _PLACE.search(text)}
        patterns = [_pattern(text, said) for text, said in entries.items() if _PLACE.search(text)]
        self._patterns = sorted(patterns, key=lambda each: -sum(map(len, each.pieces)))
        self._marks = str.maketrans({",": thousands_mark, ".": decimal_mark})
        self.translated = lru_cache(_REMEMBERED)(self._translated)

    def _translated(self, text: str) -> str | None:
        """The text in the language: as one sentence of the catalogue, or else as several; None if any is unknown."""
        if len(text) > _LONGEST:
            return None
        whole = self._sentence(text, 0)
        if whole is not None:
            return whole
        sentences = [self._sentence(each, 0) for each in _SENTENCE_END.split(text)]
        known = [each for each in sentences if each is not None]
        return " ".join(known) if len(known) == len(sentences) else None

    def known_parts(self, text: str) -> str:
        """For what is half a quotation: the sentences that are known translated, the others as they stand."""
        whole = self.translated(text)
        return whole or " ".join(self.translated(each) or each for each in _SENTENCE_END.split(text))

    def _sentence(self, text: str, depth: int) -> str | None:
        if text in self._whole:
            return self._whole[text]
        if depth > _DEEPEST:
            return None
        return next((said for said in (self._by(each, text, depth) for each in self._patterns) if said), None)

    def _by(self, pattern: _Pattern, text: str, depth: int) -> str | None:
        values = pattern.values(text)
        if values is None:
            return None
        filled: dict[str, str] = {}
        for (name, kind), value in zip(pattern.names, values, strict=True):
            said = self._value(kind, value, depth)
            if said is None:
                return None
            filled[name] = said
        return _PLACE.sub(lambda place: filled[place[1]], pattern.translation)

    def _value(self, kind: str, value: str, depth: int) -> str | None:
        if kind != "said" and _SENTENCE_END.search(value):
            return None  # a value ends where its sentence does
        match kind:
            case "number" | "name":
                return self._plain(kind, value)
            case "text":
                return self._sentence(value, depth + 1) or value
            case "said":
                return self._sentence(value, depth + 1)
            case "words" | "list":
                return self._listed(value, depth, is_strict=kind == "words")
        return value

    def _plain(self, kind: str, value: str) -> str | None:
        if kind == "name":
            return None if " " in value else value
        return value.translate(self._marks) if _NUMBER.fullmatch(value) else None

    def _listed(self, value: str, depth: int, *, is_strict: bool) -> str | None:
        """Each entry translated where it is known; one that is not is none at all, or stays as it is."""
        whole = self._sentence(value, depth + 1)
        if whole is not None:
            return whole
        head, joined, tail = value.rpartition(" and ")
        entries = [*head.split(", "), tail] if joined else value.split(", ")
        said = [self._sentence(entry, depth + 1) or ("" if is_strict else entry) for entry in entries]
        if not all(said):
            return None
        last = [f"{self._whole.get('and', 'and')} {said.pop()}"] if joined else []
        return " ".join([", ".join(said), *last])


def _pattern(text: str, translation: str) -> _Pattern:
    places = list(_PLACE.finditer(text))
    bounds = [0, *(edge for place in places for edge in place.span()), len(text)]
    pieces = tuple(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return _Pattern(pieces, tuple((place[1], place[2] or "") for place in places), translation)


def said_in(folder: Path, language: str) -> Said:
    """The catalogue of a language; an empty one where there is none, as for English."""
    path = folder / "said" / f"{language}.toml"
    entries: dict[str, str] = {}
    if path.is_file():
        for group in tomllib.loads(path.read_text(encoding="utf-8")).values():
            entries |= {str(text): str(said) for text, said in group.items()}
    return Said(entries)


def untranslated(said: Said, texts: Sequence[str]) -> list[str]:
    """Those of the texts that the catalogue does not know."""
    return [text for text in texts if said.translated(text) is None]
