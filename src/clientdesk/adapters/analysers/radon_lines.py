"""Radon's raw line counts in linear time.

Radon reads a file line by line and, where a line is incomplete, tokenizes it again with one more line, and again: a
literal of 8,000 lines takes minutes. Here the file is read once and cut where radon would stop. Where that can't be
told, radon's own function reads those lines; the figures are equal either way.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from tokenize import TokenInfo

from radon import raw

from clientdesk.adapters.analysers.line_scan import Alone, LogicalLine, logical_lines

_LAYOUT = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})
_UNCOUNTED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_ENDS = frozenset({tokenize.NL, tokenize.NEWLINE})


@dataclass(slots=True)
class LineCounts:
    """Radon's figures: see `radon.raw.analyze`."""

    lloc: int = 0
    sloc: int = 0
    comments: int = 0
    multi: int = 0
    blank: int = 0
    single_comments: int = 0

    @property
    def loc(self) -> int:
        return self.sloc + self.blank + self.multi + self.single_comments


def line_counts(text: str) -> LineCounts:
    """The counts of a file's text, newlines translated; raises `SyntaxError` where radon would."""
    lines = [line.strip() for line in text.splitlines()]
    known = _known(text, lines)
    counts = LineCounts()
    at = 1
    while at <= len(lines):
        line = known.get(at)
        if line is None or (line.last > at and _has_blank_after_backslash(lines, at, line.last)):
            at += _add_as_radon(counts, lines, at)
        else:
            _add(counts, line, lines[at - 1 : line.last])
            at = line.last + 1
    return counts


def _known(text: str, lines: Sequence[str]) -> Mapping[int, LogicalLine]:
    """By first line, the logical lines that radon is sure to see in the same way."""
    # str.splitlines knows more ends of lines than the tokenizer: with one of them the numbers would not match.
    if len(lines) != text.count("\n") + (not text.endswith("\n") and bool(text)):
        return {}
    scanned = logical_lines(text)
    return tokenized_lines(text) if scanned is None else scanned


def tokenized_lines(text: str) -> Mapping[int, LogicalLine]:
    """By first line, what the tokenizer is sure of."""
    found: dict[int, LogicalLine] = {}
    with suppress(tokenize.TokenError, SyntaxError):  # radon's own reading of the rest decides
        for tokens in _cut(text):
            if all(token.type != tokenize.ERRORTOKEN for token in tokens):
                found[tokens[0].start[0]] = _logical_line(tokens, tokens[-1].start[0])
    return found


def _cut(text: str) -> Iterator[list[TokenInfo]]:
    depth = 0
    tokens: list[TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in _LAYOUT:
            continue
        tokens.append(token)
        if token.type == tokenize.OP:
            depth += (token.string in _OPENING) - (token.string in _CLOSING)
        elif token.type == tokenize.NEWLINE or (token.type == tokenize.NL and depth == 0):
            yield tokens
            tokens = []


def _has_blank_after_backslash(lines: Sequence[str], first: int, last: int) -> bool:
    """There radon stops before the tokenizer does."""
    return any(lines[at - 1].endswith("\\") and not lines[at] for at in range(first, last))


def _add_as_radon(counts: LineCounts, lines: Sequence[str], at: int) -> int:
    """Count one group as radon does, and return how many lines it took."""
    rest = iter(lines[at:])
    try:
        tokens, used = raw._get_all_tokens(lines[at - 1], rest)  # noqa: SLF001  the definition to be equal to
    except StopIteration:
        raise SyntaxError(f"SyntaxError at line: {at}") from None
    _add(counts, _logical_line([token for token in tokens if token.type not in _LAYOUT], at + len(used) - 1), used)
    return len(used)


def _add(counts: LineCounts, line: LogicalLine, texts: Sequence[str]) -> None:
    counts.comments += line.comments
    counts.lloc += line.statements
    filled = sum(map(bool, texts))
    match line.alone:
        case Alone.COMMENT | Alone.STRING_OF_ONE_LINE:
            counts.single_comments += 1
        case Alone.STRING_OF_MANY_LINES:
            counts.multi += filled
            counts.blank += len(texts) - filled
        case _:
            counts.sloc += filled
            counts.blank += len(texts) - filled


def _logical_line(tokens: Sequence[TokenInfo], last: int) -> LogicalLine:
    comments = sum(token.type == tokenize.COMMENT for token in tokens)
    return LogicalLine(last, _statements(tokens), comments, _alone(tokens))


def _alone(tokens: Sequence[TokenInfo]) -> Alone | None:
    if not tokens or any(token.type not in _ENDS for token in tokens[1:]):
        return None
    if tokens[0].type == tokenize.COMMENT:
        return Alone.COMMENT
    if tokens[0].type != tokenize.STRING:
        return None
    return Alone.STRING_OF_ONE_LINE if tokens[0].end[0] == tokens[0].start[0] else Alone.STRING_OF_MANY_LINES


def _statements(tokens: Sequence[TokenInfo]) -> int:
    """Radon's rule: one for each statement, and one more where a colon is not the last thing of it.

    Radon expects the end marker after the last colon, so it holds every statement but the last for complete when the
    colon is its last token but one.
    """
    found = count = 0
    colon = -1
    for token in tokens:
        if token.type == tokenize.OP and token.string == ";":
            found += _statement(count, colon, count - 2)
            count, colon = 0, -1
        elif token.type not in _UNCOUNTED:
            if token.type == tokenize.OP and token.string == ":":
                colon = count
            count += 1
    return found + _statement(count, colon, count - 1)


def _statement(count: int, colon: int, last: int) -> int:
    if colon >= 0:
        return 2 - (colon == last)
    return int(count > 0)
