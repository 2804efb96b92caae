"""Markdown in which a stranger's text stays text: no link, no tag, no table cell of its own."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence

from clientdesk.documents.client_text import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>:@$^=])")
_HTML = {"&": "&amp;", "<": "&lt;"}
# Pages make links of bare addresses, escaped or not; a space without width keeps them words.
_ADDRESS = re.compile(r"(?i)(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=@)|(?<=\bmailto:)|(?<=\bxmpp:)")
_NO_WIDTH = "\u200b"
_LONG_WORD, _PIECE = re.compile(r"\S{33,}"), re.compile(r"[^/]{1,31}/?|/")
# In code too a bar would end the cell; `text` has escaped its own.
_BAR, _ESCAPED_BAR = re.compile(r"(?<!\\)\|"), r"\\|"


def text(words: str, limit: int = 240) -> str:
    """One line of a stranger's text, as it was written: Markdown, HTML and addresses in it mean nothing."""
    line = _ADDRESS.sub(_NO_WIDTH, _LONG_WORD.sub(_breakable, printable(words, limit)))
    return _SPECIAL.sub(r"\\\1", "".join(_HTML.get(c, c) for c in line))


def _breakable(word: re.Match[str]) -> str:
    """The pages break no long path by themselves: it would run over what stands beside its table."""
    return _NO_WIDTH.join(_PIECE.findall(word[0]))


def place(path: str) -> str:
    """Where a document lies, to be copied: a place on a worker is no link that a browser could follow."""
    return f"`{printable(path, 400).replace('`', chr(0x2019))}`"


def picture(svg: bytes, title: str) -> str:
    """Within the text itself: it needs no server. An SVG in a picture's place runs nothing and loads nothing."""
    return f"![{text(title)}](data:image/svg+xml;base64,{b64encode(svg).decode()})"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells as they are given, in one column each: what strangers wrote goes through `text` or `place` first.

    Lists are shown as Markdown, not as Prefect's own tables: its older pages read those cells as Markdown and its newer
    ones as they are written, so that a stranger's text would be either a link there or full of backslashes here.
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_BAR.sub(_ESCAPED_BAR, cell) for cell in cells)} |" for cells in lines)


def listing(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows of the same columns as a table, under the names of the first one."""
    return table(list(rows[0]), [list(row.values()) for row in rows]) if rows else "Nothing."


def bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
