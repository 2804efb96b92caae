"""What pip-audit's JSON says about each package asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_SUMMARY_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Vulnerability:
    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`skipped` says why the package was not examined, "" if it was."""

    vulnerabilities: tuple[Vulnerability, ...] = ()
    skipped: str = ""


def verdicts(output: bytes, asked: Mapping[str, str]) -> dict[str, Verdict]:
    """By name, for those of `asked` (name to version) that the output accounts for; `ValueError` for no such output."""
    document = json.loads(output)
    if not isinstance(document, dict) or not isinstance(document.get("dependencies"), list):
        raise ValueError("not pip-audit's JSON")  # noqa: TRY004  the sender's fault, not the caller's
    found: dict[str, Verdict] = {}
    for entry in document["dependencies"]:
        if isinstance(entry, dict):
            name = canonicalize_name(str(entry.get("name", "")))
            verdict = _verdict(entry, asked.get(name, ""))
            if name in asked and verdict is not None:
                found[name] = verdict
    return found


def _verdict(entry: Mapping[str, object], version: str) -> Verdict | None:
    """None for an entry about another version."""
    if reason := entry.get("skip_reason"):
        return Verdict(skipped=str(reason))
    if not _is_same(str(entry.get("version", "")), version) or not isinstance(entry.get("vulns"), list):
        return None
    return Verdict(tuple(_vulnerabilities(entry["vulns"])))


def _vulnerabilities(listed: object) -> Iterator[Vulnerability]:
    for known in listed if isinstance(listed, list) else ():
        if isinstance(known, dict):
            summary = " ".join(str(known.get("description", "")).split())[:_SUMMARY_CHARACTERS]
            aliases = tuple(sorted(_strings(known.get("aliases"))))
            yield Vulnerability(str(known.get("id", "")), aliases, summary, _strings(known.get("fix_versions")))


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _is_same(one: str, other: str) -> bool:
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return False
