"""Radon's raw line counts in linear time.

Radon reads a file line by line and, where a line is incomplete, tokenizes it again with one more line, and again: a
literal of 8,000 lines takes minutes. Here the file is tokenized once and cut where radon would stop. Where that can't
be told from the tokens, radon's own function reads those lines; the figures are equal either way.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from tokenize import TokenInfo

from radon import raw

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


@dataclass(slots=True)
class _Group:
    """The tokens of one logical line, one comment or one blank line, and the last line it reaches."""

    tokens: list[TokenInfo] = field(default_factory=list)
    end: int = 0


def line_counts(text: str) -> LineCounts:
    """The counts of a file's text, newlines translated; raises `SyntaxError` where radon would."""
    lines = [line.strip() for line in text.splitlines()]
    groups = _groups(text, lines)
    counts = LineCounts()
    at = 1
    while at <= len(lines):
        group = groups.get(at)
        if group is not None:
            _add(counts, group.tokens, lines[at - 1 : group.end])
            at = group.end + 1
        else:
            at += _add_as_radon(counts, lines, at)
    return counts


def _groups(text: str, lines: Sequence[str]) -> dict[int, _Group]:
    """By first line, the groups that radon is sure to see in the same way."""
    # str.splitlines knows more ends of lines than the tokenizer: with one of them the numbers would not match.
    if len(lines) != text.count("\n") + (not text.endswith("\n") and bool(text)):
        return {}
    found: dict[int, _Group] = {}
    with suppress(tokenize.TokenError, SyntaxError):  # radon's own reading of the rest decides
        found.update((first, group) for first, group in _cut(text) if _is_plain(lines, first, group))
    return found


def _cut(text: str) -> Iterator[tuple[int, _Group]]:
    depth = 0
    first, group = 0, _Group()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind, string, start, _, _ = token
        if kind in _LAYOUT:
            continue
        first = first or start[0]
        group.tokens.append(token)
        if kind == tokenize.OP:
            depth += (string in _OPENING) - (string in _CLOSING)
        elif kind == tokenize.NEWLINE or (kind == tokenize.NL and depth == 0):
            group.end = start[0]
            yield first, group
            first, group = 0, _Group()


def _is_plain(lines: Sequence[str], first: int, group: _Group) -> bool:
    """Whether radon stops at the end of this group: no error in it, and nothing blank after a backslash."""
    if any(token.type == tokenize.ERRORTOKEN for token in group.tokens):
        return False
    return not any(lines[at - 1].endswith("\\") and not lines[at] for at in range(first, group.end))


def _add_as_radon(counts: LineCounts, lines: Sequence[str], at: int) -> int:
    """Count one group as radon does, and return how many lines it took."""
    rest = iter(lines[at:])
    try:
        tokens, used = raw._get_all_tokens(lines[at - 1], rest)  # noqa: SLF001  the definition to be equal to
    except StopIteration:
        raise SyntaxError(f"SyntaxError at line: {at}") from None
    _add(counts, [token for token in tokens if token.type not in _LAYOUT], used)
    return len(used)


def _add(counts: LineCounts, tokens: Sequence[TokenInfo], lines: Sequence[str]) -> None:
    counts.comments += sum(token.type == tokenize.COMMENT for token in tokens)
    filled = sum(map(bool, lines))
    match _only(tokens):
        case tokenize.COMMENT, _:
            counts.single_comments += 1
        case tokenize.STRING, 1:
            counts.single_comments += 1
        case tokenize.STRING, _:
            counts.multi += filled
            counts.blank += len(lines) - filled
        case _:
            counts.sloc += filled
            counts.blank += len(lines) - filled
    counts.lloc += _logical_lines(tokens)


def _only(tokens: Sequence[TokenInfo]) -> tuple[int, int]:
    """Kind and number of lines of a group's only token; kind -1 if it has several."""
    if not tokens or any(token.type not in _ENDS for token in tokens[1:]):
        return -1, 0
    return tokens[0].type, tokens[0].end[0] - tokens[0].start[0] + 1


def _logical_lines(tokens: Sequence[TokenInfo]) -> int:
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
