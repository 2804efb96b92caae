"""Reads the advisories out of one of OSV's zips without unpacking it; what is wrong in it is counted and named."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from clientdesk.adapters.advisories.osv_record import NotAnAdvisory, OsvRecord, osv_record
from clientdesk.audit.untyped import Malformed, json_of
from clientdesk.domain.refusal import Refusal

_NAMED = 5
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError, OSError)


class BadZip(Refusal):
    """The file is no zip that can be read, or more than one of advisories can be."""


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """The largest of OSV's zips has some 300,000 entries; no advisory is larger than a few hundred kilobytes."""

    entries: int = 1_000_000
    entry_bytes: int = 4 << 20
    all_bytes: int = 8 << 30


@dataclass(slots=True)
class Tally:
    """What came of a zip's entries; `named` are the first bad ones, each with its reason."""

    advisories: int = 0
    withdrawn: int = 0
    elsewhere: int = 0
    bad: int = 0
    named: list[str] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        self.bad += 1
        if len(self.named) < _NAMED:
            shown = "".join(letter if letter.isprintable() else "?" for letter in name[-80:])
            self.named.append(f"{shown}: {reason}")


def records(file: Path, ecosystem: str, tally: Tally, limits: ZipLimits | None = None) -> Iterator[OsvRecord]:
    """The ecosystem's advisories that stand; raises `BadZip`. Nothing is written, whatever names the entries have."""
    bounds = limits or ZipLimits()
    left = bounds.all_bytes
    with _opened(file) as archive:
        entries = archive.infolist()
        if len(entries) > bounds.entries:
            raise BadZip(f"{file.name} has more than {bounds.entries:,} entries: that is no zip of advisories")
        for entry in entries:
            if entry.is_dir() or not entry.filename.endswith(".json"):
                continue
            content = _content(archive, entry, bounds.entry_bytes, tally)
            left -= len(content)
            if left <= 0:
                raise BadZip(f"{file.name} unpacks to more than {bounds.all_bytes >> 20:,} MB")
            if len(content) > bounds.entry_bytes:
                tally.refuse(entry.filename, "is larger than an advisory can be")
            elif content and (record := _record(entry.filename, content, ecosystem, tally)):
                yield record


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise BadZip(f"{file.name} is no zip that can be read ({type(error).__name__})") from error
    with archive:
        yield archive


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, tally: Tally) -> bytes:
    """At most one byte more than is allowed is unpacked, whatever the entry says of its size."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(most + 1)
    except _BROKEN as error:
        tally.refuse(entry.filename, f"can't be unpacked ({type(error).__name__})")
        return b""
    if not content:
        tally.refuse(entry.filename, "is empty")
    return content


def _record(name: str, content: bytes, ecosystem: str, tally: Tally) -> OsvRecord | None:
    try:
        record = osv_record(json_of(content.decode()), ecosystem)
    except (Malformed, NotAnAdvisory, UnicodeDecodeError) as error:
        tally.refuse(name, str(error))
        return None
    if record.is_withdrawn:
        tally.withdrawn += 1
    elif not record.affected:
        tally.elsewhere += 1
    else:
        tally.advisories += 1
        return record
    return None
