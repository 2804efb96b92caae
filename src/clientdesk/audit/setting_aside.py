"""Parts the findings that count from those that the engineer's profile sets aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clientdesk.audit.profile import Acceptance, Profile, ProfileUse
from clientdesk.audit.report import Aside, NumberedFinding, SetAside


@dataclass(frozen=True, slots=True)
class Parted:
    """Every finding is in one of the two; order is kept."""

    counted: tuple[NumberedFinding, ...]
    aside: tuple[SetAside, ...]
    use: ProfileUse


def parted(findings: Sequence[NumberedFinding], profile: Profile, today: date) -> Parted:
    """An acceptance that has expired sets nothing aside: its findings count again, and are named."""
    aside = [one for each in findings if (one := _aside(each, profile, today))]
    gone = {one.numbered.id for one in aside}
    return Parted(
        counted=tuple(each for each in findings if each.id not in gone),
        aside=tuple(aside),
        use=ProfileUse(
            profile.name, profile.sha256, _expired(findings, profile, today, gone), _idle(findings, profile)
        ),
    )


def _aside(each: NumberedFinding, profile: Profile, today: date) -> SetAside | None:
    fingerprint, path = each.finding.fingerprint, each.finding.path
    accepted = next((a for a in profile.accepted if a.fingerprint == fingerprint and a.holds_on(today)), None)
    if accepted:
        return SetAside(each, Aside.ACCEPTED, accepted.reason, accepted.by, accepted.until)
    ignored = next((one for one in profile.ignored if one.covers(path)), None)
    return SetAside(each, Aside.IGNORED, ignored.reason) if ignored else None


def _expired(
    findings: Sequence[NumberedFinding], profile: Profile, today: date, gone: set[str]
) -> tuple[tuple[Acceptance, tuple[str, ...]], ...]:
    over = [one for one in profile.accepted if not one.holds_on(today)]
    counted = [each for each in findings if each.id not in gone]
    pairs = ((one, tuple(f.id for f in counted if f.finding.fingerprint == one.fingerprint)) for one in over)
    return tuple(pair for pair in pairs if pair[1])


def _idle(findings: Sequence[NumberedFinding], profile: Profile) -> tuple[str, ...]:
    """What may go from the file: mended, moved, or never right."""
    seen = {each.finding.fingerprint for each in findings}
    unseen = [one.fingerprint for one in profile.accepted if one.fingerprint not in seen]
    unmet = [one.glob for one in profile.ignored if not any(one.covers(each.finding.path) for each in findings)]
    return (*unseen, *unmet)
