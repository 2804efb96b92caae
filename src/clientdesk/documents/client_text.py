"""Text by clients and repositories, made fit to print: no control characters, no reordering, no endless lines."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?](?= )")
# Characters that change the order of what follows, or hide: printed, they let a name say something else.
_REORDERING = frozenset(
    chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x200B)
)
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


def printable(text: str, limit: int = 240) -> str:
    """One line of at most `limit` characters, the last an ellipsis if something was cut."""
    return shortened(_SPACES.sub(" ", _visible(_SPACES.sub(" ", text[: limit * 4]))).strip(), limit)


def paragraphs(text: str, limit: int = 1200) -> list[str]:
    """The text's paragraphs, empty ones left out, `limit` characters in all."""
    kept: list[str] = []
    left = limit
    for block in re.split(r"[\r\n\u2028\u2029]+", text[: limit * 4]):
        line = printable(block, left) if left > 1 else ""
        if line:
            kept.append(line)
            left -= len(line)
    return kept


def code_lines(text: str, lines: int = 8, width: int = 160) -> str:
    """Evidence as it stands in a file: line breaks and indentation kept, `lines` lines of `width` characters."""
    shown = text[: lines * width * 4].replace("\t", "    ").splitlines()
    kept = [shortened(_visible(line.rstrip()), width) for line in shown[:lines]]
    return "\n".join([*kept, "…"] if len(shown) > lines else kept).strip("\n")


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def up_to_sentence(text: str, limit: int) -> str:
    """Its first sentences, whole; cut within the first one where that alone is longer than `limit`."""
    if len(text) <= limit:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, limit + 1)]
    return text[: ends[-1]] if ends else shortened(text, limit)


def _visible(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    kept = (c for c in normal if c not in _REORDERING)
    return "".join("\ufffd" if unicodedata.category(c) in _UNPRINTABLE else c for c in kept)
