"""Why a Python file could not be parsed, in words a client's engineer can use."""

from __future__ import annotations

import re
import sys

_HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
# By message or by the line that failed. A later Python's syntax looks like an error to an earlier one.
_NEWER = (
    ("3.14", re.compile(r"(?<![\w\"'])[rR]?[tT][rR]?(?=[\"'])")),
    ("3.13", re.compile(r"^\s*(?:async\s+)?(?:def|class|type)\s+\w+\s*\[[^\]]*=")),
    ("3.12", re.compile(r"^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[|^\s*type\s+\w+\s*(?:\[.*\]\s*)?=")),
    ("3.11", re.compile(r"^\s*except\s*\*")),
    ("3.10", re.compile(r"^\s*(?:match|case)\s.*:\s*(?:#.*)?$")),
)
_PYTHON_2 = re.compile(r"Missing parentheses in call|leading zeros in decimal integer|octal|inconsistent use of tabs")
_PYTHON_2_LINE = re.compile(r"^\s*(?:print|exec)\s+[\"'\w]|<>|`|\bur[\"']|^\s*raise\s+\w+\s*,|\b0\d+\b|\d[lL]\b")


def explained(error: SyntaxError | ValueError, data: bytes) -> str:
    """One sentence; names the Python version needed where the text shows it."""
    if isinstance(error, UnicodeDecodeError):
        return "its bytes are not in the encoding it declares"
    if not isinstance(error, SyntaxError):
        return f"not readable as Python ({error})"
    line = _line(error, data)
    place = f"line {error.lineno}" if error.lineno else "the first lines"
    needed = _version_needed(error, line)
    if needed:
        return f"{place} is syntax of {needed}, read with Python {_HERE}"
    return f"syntax error at {place}: {error.msg}"


def _version_needed(error: SyntaxError, line: str) -> str:
    message = error.msg or ""
    if "multiple exception types must be parenthesized" in message:
        return "Python 2, or of Python 3.14 and later"
    if _PYTHON_2.search(message) or _PYTHON_2_LINE.search(line):
        return "Python 2"
    if message.startswith("f-string") and sys.version_info < (3, 12):
        return "Python 3.12 or later"
    for version, pattern in _NEWER:
        if _is_later(version) and pattern.search(line):
            return f"Python {version} or later"
    return ""


def _is_later(version: str) -> bool:
    major, minor = version.split(".")
    return (int(major), int(minor)) > sys.version_info[:2]


def _line(error: SyntaxError, data: bytes) -> str:
    """The line that failed. The parser's own copy of it is missing for some errors."""
    lines = data.splitlines()
    if error.lineno and 0 < error.lineno <= len(lines):
        return lines[error.lineno - 1][:500].decode("utf-8", "replace")
    return ""
