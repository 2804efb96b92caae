"""What a Docker file itself says against a finding of hadolint's, which looks at one instruction without the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_HEALTH = re.compile(r"\A[ \t]*HEALTHCHECK\b", re.IGNORECASE)
_STAGE = re.compile(r"^[ \t]*FROM[ \t]+\S[^\n]{0,300}?[ \t]AS[ \t]+([\w.-]{1,80})", re.IGNORECASE | re.MULTILINE)
_BASE = re.compile(r"\A[ \t]*FROM[ \t]+(?:--\S+[ \t]+)?(\S+)", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{?\w+(?::?[-+]\w*)?\}?")
_ENV = re.compile(r"\A[ \t]*ENV\b", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"""([A-Za-z_]\w{0,100})=("[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s\\]{0,500})""")
_SECRET_NAME = re.compile(r"(?i)secret|passw|token|api_?key|private_?key|access_?key|credential")
_NO_SECRET = re.compile(r"(?i)|true|false|yes|no|on|off|none|null|\d{1,9}|/.*|\.{1,2}/.*|https?:.*|\$.*")


def is_contradicted(rule: str, text: str, line: int) -> bool:
    """Whether the file, around `line` (from 1), shows that the rule's fault is none there."""
    look = _CONTRADICTIONS.get(rule)
    return look is not None and look(_instruction(text, line), text)


def _instruction(text: str, line: int) -> str:
    """From the beginning of the instruction that the line stands in to its end, with comments left out."""
    lines = text.splitlines()
    first = min(line, len(lines)) - 1
    while first > 0 and lines[first - 1].rstrip().endswith("\\"):
        first -= 1
    return "\n".join(_continued(lines[max(first, 0) :]))


def _continued(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.lstrip().startswith("#"):
            continue
        yield line
        if not line.rstrip().endswith("\\"):
            return


def _is_health(instruction: str, _text: str) -> bool:
    """The probe of a health check is no program that is told to stop."""
    return _HEALTH.match(instruction) is not None


def _is_own_stage(instruction: str, text: str) -> bool:
    """`FROM build_${KIND}`, where the file has a stage `build_copy`."""
    base = _BASE.match(instruction)
    if base is None or "$" not in base[1] or not _VARIABLE.sub("", base[1]):
        return False
    name = r"[\w.-]+".join(map(re.escape, _VARIABLE.split(base[1])))
    return any(re.fullmatch(name, stage[1]) for stage in _STAGE.finditer(text))


def _has_no_value(instruction: str, _text: str) -> bool:
    """Names like a secret's, and nothing in them that could be one: left empty, switched on, a path, an address."""
    if _ENV.match(instruction) is None:
        return False
    values = [match[2].strip("\"'") for match in _ASSIGNMENT.finditer(instruction) if _SECRET_NAME.search(match[1])]
    return bool(values) and all(_NO_SECRET.fullmatch(value) for value in values)


_CONTRADICTIONS: dict[str, Callable[[str, str], bool]] = {
    "DL3025": _is_health,
    "DL3006": _is_own_stage,
    "DL3064": _has_no_value,
}
