"""Cuts Python source into logical lines without making a token of every word.

The tokenizer is a third of what a Python file costs; radon's raw figures need little of what it gives. Where this can't
be sure to see what the tokenizer sees, it says nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import Enum, auto


class Alone(Enum):
    """What a logical line consists of, where that is one thing only."""

    COMMENT = auto()
    STRING_OF_ONE_LINE = auto()
    STRING_OF_MANY_LINES = auto()


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A statement line, a comment or a blank line. `last` is the last line it reaches; `statements` by radon's rule."""

    last: int
    statements: int
    comments: int
    alone: Alone | None


_WORDS = r"[\w \t\f.,=+\-*/%@&|^~<>!]"
_PIECE = re.compile(
    rf"""
      (?P<string>[rRbBuUfF]{{0,2}}(?:
          \"\"\"[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+\"\"\" | '''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''
        | "(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+" | '(?!'')[^'\\\n]*+(?:\\.[^'\\\n]*+)*+' ))
    | (?P<end>\n[ \t\f]*+)
    | (?P<space>[ \t\f]++)
    | (?P<words>(?:{_WORDS}++|\({_WORDS}*+\)|\[{_WORDS}*+\])++)
    | (?P<opening>[(\[{{])
    | (?P<closing>[)\]}}])
    | (?P<colon>:(?!=))
    | (?P<comment>\#[^\n]*+)
    | (?P<walrus>:=)
    | (?P<semicolon>;)
    | (?P<continued>\\\n)
    | (?P<unknown>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = _PIECE.groupindex
_STRING, _END, _SPACE, _OPENING, _CLOSING = (_KINDS[name] for name in ("string", "end", "space", "opening", "closing"))
_COLON, _COMMENT, _SEMICOLON = (_KINDS[name] for name in ("colon", "comment", "semicolon"))
_CONTINUED, _UNKNOWN = _KINDS["continued"], _KINDS["unknown"]
# From 3.12 on the tokenizer looks into these.
_LOOKS_INTO = re.compile(r"[fF][rR]?['\"]") if sys.version_info >= (3, 12) else None


def logical_lines(text: str) -> dict[int, LogicalLine] | None:  # noqa: C901, PLR0912  calls would cost what this saves
    """By first line, counted from 1; None where the tokenizer has to be asked. Newlines are translated.

    A line is left out where its statements can't be counted like this.
    """
    if _LOOKS_INTO is not None and _LOOKS_INTO.search(text):
        return None
    found: dict[int, LogicalLine] = {}
    first = at = 1
    depth = pieces = comments = statements = string_lines = 0
    is_begun = has_colon = ends_in_colon = is_unclear = False
    for piece in _PIECE.finditer(text):
        kind = piece.lastindex
        if kind == _END:
            if not depth:
                if not is_unclear:
                    statements += 2 - ends_in_colon if has_colon else is_begun
                    found[first] = LogicalLine(at, statements, comments, _alone(pieces, comments, string_lines))
                first = at + 1
                pieces = comments = statements = string_lines = 0
                is_begun = has_colon = ends_in_colon = is_unclear = False
            at += 1
        elif kind == _SPACE:
            pass
        elif kind == _COMMENT:
            comments += 1
        elif kind == _CONTINUED:
            at += 1
        elif kind == _SEMICOLON:
            is_unclear |= has_colon  # radon's rule for these needs every token
            statements += is_begun
            pieces += 1
            is_begun = False
        elif kind == _UNKNOWN:
            return None
        else:
            pieces += 1
            is_begun = True
            ends_in_colon = kind == _COLON
            has_colon |= ends_in_colon
            if kind == _STRING:
                breaks = piece[0].count("\n")
                string_lines += 1 + breaks
                at += breaks
            elif kind == _OPENING:
                depth += 1
            elif kind == _CLOSING:
                depth -= 1
    return None if depth else found


def _alone(pieces: int, comments: int, string_lines: int) -> Alone | None:
    if not pieces:
        return Alone.COMMENT if comments else None
    if pieces > 1 or comments or not string_lines:
        return None
    return Alone.STRING_OF_ONE_LINE if string_lines == 1 else Alone.STRING_OF_MANY_LINES
