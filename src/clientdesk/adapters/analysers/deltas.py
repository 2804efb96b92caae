"""What a content has that the one it changes has not, by git's own notes of the change, with all that could join it.

A rule that looks for secrets sees a few words around one: a name, a sign, a value, seldom with a line end between. So
what is new is widened to its lines, then by `_REACH` bytes, and to whole lines again; empty lines count for nothing.
Whatever matches there and touches what is new, lies in what comes out, unless it goes on for several long lines.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_REACH = 128
# Closer changes than this are one: they would be joined when they are widened.
_NEAR = 2 * _REACH
# Copies from within the first 64 KB, of at most 255 bytes or of more: nine of ten are of these two kinds.
_SHORT, _LONG = 0x93, 0xB3
_short, _long = struct.Struct("<HB").unpack_from, struct.Struct("<HH").unpack_from
Span = tuple[int, int]


class Malformed(Exception):
    """These are no changes as git writes them."""


def changed(delta: bytes, base: bytes) -> tuple[bytes, list[Span]]:  # noqa: C901, PLR0912, PLR0915  a call costs more
    """The content that `delta` makes of `base`, and where it has what the other has not; raises `Malformed`.

    A place where only something went is empty: what stood apart stands together there.
    """
    at = _after_number(delta, _after_number(delta, 0))
    end, parts, spans = len(delta), [], []
    place = old = fresh_from = 0
    fresh_to = -_NEAR - 1
    try:
        while at < end:
            op = delta[at]
            at += 1
            if op == _SHORT:
                start, size = _short(delta, at)
                at += 3
            elif op == _LONG:
                start, size = _long(delta, at)
                at += 4
            elif op & 128:
                start = size = 0
                if op & 1:
                    start = delta[at]
                    at += 1
                if op & 2:
                    start |= delta[at] << 8
                    at += 1
                if op & 4:
                    start |= delta[at] << 16
                    at += 1
                if op & 8:
                    start |= delta[at] << 24
                    at += 1
                if op & 16:
                    size = delta[at]
                    at += 1
                if op & 32:
                    size |= delta[at] << 8
                    at += 1
                if op & 64:
                    size |= delta[at] << 16
                    at += 1
            else:
                parts.append(delta[at : at + op])
                at += op
                if place - fresh_to > _NEAR:
                    spans.append((fresh_from, fresh_to))
                    fresh_from = place
                place += op
                fresh_to = place
                old = -1
                continue
            size = size or 65536
            parts.append(base[start : start + size])
            if start != old:
                if place - fresh_to > _NEAR:
                    spans.append((fresh_from, fresh_to))
                    fresh_from = place
                fresh_to = place
            old = start + size
            place += size
    except (IndexError, struct.error) as error:
        raise Malformed("changes are cut short") from error
    if old != len(base):
        if place - fresh_to > _NEAR:
            spans.append((fresh_from, fresh_to))
            fresh_from = place
        fresh_to = place
    spans.append((fresh_from, fresh_to))
    content = b"".join(parts)
    if len(content) != place:
        raise Malformed("changes copy what is not there")
    return content, spans[1:]


def passages(content: bytes, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans widened, in order, without overlap."""
    first = last = -1
    for start, end in spans:
        begin = _begin(content, start)
        if begin > last:
            if last >= 0:
                yield first, last
            first = begin
        last = max(last, _end(content, end))
    if last >= 0:
        yield first, last


def _begin(content: bytes, start: int) -> int:
    begin = content.rfind(b"\n", 0, start) + 1
    is_empty = True
    while begin and is_empty:
        before = max(0, begin - _REACH)
        is_empty = content[before:begin].isspace()
        begin = content.rfind(b"\n", 0, before) + 1
    return begin


def _end(content: bytes, end: int) -> int:
    last = content.find(b"\n", end)
    is_empty = True
    while last >= 0 and is_empty:
        after = last + 1 + _REACH
        is_empty = content[last:after].isspace()
        last = content.find(b"\n", after)
    return len(content) if last < 0 else last + 1


def _after_number(delta: bytes, at: int) -> int:
    try:
        while delta[at] & 128:
            at += 1
    except IndexError as error:
        raise Malformed("changes are cut short") from error
    return at + 1
