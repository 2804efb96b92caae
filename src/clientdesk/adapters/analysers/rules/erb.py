"""The Ruby within a template, each piece where it stood, so that lines stay what they are."""

from __future__ import annotations

import re

_NOT_NEWLINE = re.compile(rb"[^\n]")
_OPEN, _CLOSE = b"<%", b"%>"


def ruby_of(template: bytes) -> bytes:
    """Text between the tags becomes blanks; `<%= x %>` becomes `x;`, `<%== x %>` becomes `raw x;`."""
    parts: list[bytes] = []
    at = 0
    while (start := template.find(_OPEN, at)) >= 0 and (end := template.find(_CLOSE, start)) >= 0:
        parts += [_blank(template[at:start]), _code(template[start + len(_OPEN) : end])]
        at = end + len(_CLOSE)
    parts.append(_blank(template[at:]))
    return b"".join(parts)


def _blank(content: bytes) -> bytes:
    return _NOT_NEWLINE.sub(b" ", content)


def _code(content: bytes) -> bytes:
    """`content` stands between the marks. The Ruby in it may begin with `=`, `==` or `-` and end with `-`."""
    if content.startswith((b"%", b"#")) or content.lstrip(b"=- \t").startswith(b"#"):
        return _blank(content)
    word = b"raw " if content.startswith(b"==") else b""
    return b" " + word + content.removesuffix(b"-").lstrip(b"=-") + b" ;"
