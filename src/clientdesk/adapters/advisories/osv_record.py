"""One advisory as OSV publishes it, read from JSON whose shape nobody promised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from clientdesk.adapters.advisories.cvss_severity import severity_of
from clientdesk.audit.affected import Affected, Span, spans_of
from clientdesk.audit.result import Severity
from clientdesk.audit.untyped import rows, table, words
from clientdesk.audit.version_order import NoVersion, knows

_KINDS = frozenset({"introduced", "fixed", "last_affected"})
_RANGE_TYPES = frozenset({"ECOSYSTEM", "SEMVER"})
_ID = re.compile(r"^[A-Za-z0-9][\w.:-]{1,79}$")
_SUMMARY_CHARACTERS = 300
_LONGEST_NAME = 300


class NotAnAdvisory(ValueError):
    """The JSON is no OSV record that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class OsvRecord:
    """`affected` by (ecosystem, name as looked up); `modified` is the record's own instant, as text in UTC."""

    id: str
    aliases: tuple[str, ...]
    summary: str
    severity: Severity | None
    score: float | None
    modified: str
    is_withdrawn: bool
    affected: Mapping[tuple[str, str], tuple[Affected, ...]]


def osv_record(value: object, ecosystem: str = "") -> OsvRecord:
    """The record, with what it says about `ecosystem` ("" = all of them); raises `NotAnAdvisory`."""
    record = table(value)
    number = words(record.get("id"))
    if not _ID.match(number):
        raise NotAnAdvisory("it has no id that could be one")
    severity, score = severity_of(record)
    return OsvRecord(
        id=number,
        aliases=_aliases(record, number),
        summary=_summary(record),
        severity=severity,
        score=score,
        modified=words(record.get("modified"))[:40],
        is_withdrawn=bool(record.get("withdrawn")),
        affected=_affected(record, ecosystem),
    )


def looked_up_name(ecosystem: str, name: str) -> str:
    """The spelling under which a package is kept and asked for: PyPI's and Packagist's names know no capitals."""
    if ecosystem == "PyPI":
        return canonicalize_name(name)
    return name.lower() if ecosystem == "Packagist" else name


def plain_ecosystem(written: str) -> str:
    """OSV writes "npm", or "Debian:12": the part before the colon."""
    return written.partition(":")[0]


def _aliases(record: Mapping[str, object], number: str) -> tuple[str, ...]:
    """Other names of the same weakness. `related` ones are others, and stay out."""
    named = {words(alias) for alias in rows(record.get("aliases"))}
    return tuple(sorted(alias for alias in named if _ID.match(alias) and alias != number))


def _summary(record: Mapping[str, object]) -> str:
    text = words(record.get("summary")) or words(record.get("details"))
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _SUMMARY_CHARACTERS])
    return " ".join(plain.split())[:_SUMMARY_CHARACTERS]


def _affected(record: Mapping[str, object], wanted: str) -> Mapping[tuple[str, str], tuple[Affected, ...]]:
    found: dict[tuple[str, str], tuple[Affected, ...]] = {}
    for entry in (table(item) for item in rows(record.get("affected"))):
        ecosystem = plain_ecosystem(words(table(entry, "package").get("ecosystem")))
        name = words(table(entry, "package").get("name"))
        if not (0 < len(name) <= _LONGEST_NAME and knows(ecosystem) and wanted in {"", ecosystem}):
            continue
        key = (ecosystem, looked_up_name(ecosystem, name))
        found[key] = (*found.get(key, ()), _versions_of(ecosystem, entry))
    return found


def _versions_of(ecosystem: str, entry: Mapping[str, object]) -> Affected:
    """A range that can't be ordered leaves the list of versions; without one the record is of no use."""
    versions = tuple(dict.fromkeys(words(version) for version in rows(entry.get("versions")) if words(version)))
    try:
        return Affected(tuple(_spans(ecosystem, entry)), versions)
    except NoVersion as error:
        if versions:
            return Affected((), versions)
        raise NotAnAdvisory(str(error)) from error


def _spans(ecosystem: str, entry: Mapping[str, object]) -> Iterator[Span]:
    """Ranges of commits say nothing about versions."""
    for each in (table(item) for item in rows(entry.get("ranges"))):
        if words(each.get("type")) in _RANGE_TYPES:
            yield from spans_of(ecosystem, _events(rows(each.get("events"))))


def _events(listed: Iterable[object]) -> Iterator[tuple[str, str]]:
    for event in listed:
        for kind, version in table(event).items():
            if kind in _KINDS and words(version):
                yield kind, words(version)
