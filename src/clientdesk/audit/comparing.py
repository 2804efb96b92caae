"""Compares an audit with an earlier one: which findings are new, which remain, which are gone.

Findings are told apart by fingerprint, as multisets: a thing found twice before and once now is one that remains and
one that is gone. A check is compared only where the same tool, in the same version and configuration, looked both
times; else a change of the tool would pass for a change of the code.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from clientdesk.audit.changes import Changes, EarlierAudit, EarlierCheck, EarlierFinding, Remark
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import AuditReport, NumberedFinding
from clientdesk.audit.result import Outcome, Tool

Item = TypeVar("Item")
_Key = tuple[str, str]
_WORST_ONLY_SAID = (
    "Only the worst are listed: what is new may have been there before, further down, and what is gone may still be."
)
_WORST_ONLY = frozenset(check.id for check in CHECKS if check.lists_worst_only)


def configuration_of(edition: str, check: str) -> str:
    """Names the rules a check works by: 16 hex digits. They are part of clientdesk, so they change with its version."""
    return hashlib.sha256(f"{edition}\0{check}".encode()).hexdigest()[:16] if edition else ""


def all_findings(report: AuditReport) -> tuple[NumberedFinding, ...]:
    """Those that count and those set aside: whether somebody accepts a finding changes nothing in the code."""
    return tuple(sorted((*report.findings, *(one.numbered for one in report.set_aside)), key=lambda each: each.id))


def earlier(report: AuditReport) -> EarlierAudit:
    """A report as the one to compare a later one with."""
    return EarlierAudit(
        repository=report.repository,
        commit=report.commit,
        audited_at=report.audited_at,
        points=report.score.points,
        grade=report.score.grade,
        checks=_checks_of(report),
        findings=tuple(_earlier_finding(each) for each in all_findings(report)),
    )


def _earlier_finding(each: NumberedFinding) -> EarlierFinding:
    finding = each.finding
    return EarlierFinding(
        each.id, finding.check, finding.severity, finding.title, finding.path, finding.line, finding.fingerprint
    )


def changes(before: EarlierAudit, report: AuditReport) -> Changes:
    """What became of the findings of `before`."""
    refused = tuple(_not_compared(before, report))
    left_out = {remark.check for remark in refused}
    now = [each for each in all_findings(report) if each.finding.check not in left_out]
    then = [each for each in before.findings if each.check not in left_out]
    remaining, new = _split(now, [_key_now(each) for each in now], Counter(_key_then(each) for each in then))
    _, fixed = _split(then, [_key_then(each) for each in then], Counter(_key_now(each) for each in now))
    return Changes(
        repository=before.repository,
        commit=before.commit,
        audited_at=before.audited_at,
        points=before.points,
        grade=before.grade,
        new=tuple(each.id for each in new),
        remaining=tuple(each.id for each in remaining),
        fixed=tuple(fixed),
        not_compared=refused,
        seen_less=examined_less(_checks_of(report), before.checks),
        remarks=tuple(
            _remarks(before, report, left_out, {each.finding.check for each in new}, {each.check for each in fixed})
        ),
    )


def examined_less(here: Sequence[EarlierCheck], there: Sequence[EarlierCheck]) -> tuple[str, ...]:
    """The checks that left out here what they examined there."""
    mine = {check.id: check for check in here}
    return tuple(
        check.id for check in there if not check.has_no_result and _is_less_seen(mine.get(check.id), set(check.gaps))
    )


def _is_less_seen(check: EarlierCheck | None, gaps: Collection[str]) -> bool:
    return check is None or check.has_no_result or not set(check.gaps).issubset(gaps)


def _key_now(each: NumberedFinding) -> _Key:
    return each.finding.check, each.finding.fingerprint


def _key_then(each: EarlierFinding) -> _Key:
    return each.check, each.fingerprint


def _split(items: Sequence[Item], keys: Sequence[_Key], there: Counter[_Key]) -> tuple[list[Item], list[Item]]:
    """Those that are on the other side too, and those that are not; each there answers for one here."""
    met: list[Item] = []
    unmet: list[Item] = []
    for item, key in zip(items, keys, strict=True):
        (met if there[key] > 0 else unmet).append(item)
        there[key] -= 1
    return met, unmet


def _not_compared(before: EarlierAudit, report: AuditReport) -> Iterator[Remark]:
    then = {check.id: check for check in before.checks}
    for now in _checks_of(report):
        if now.id not in then:
            yield Remark(now.id, "It was not part of the earlier audit.")
        elif reason := _why_not(then[now.id], now):
            yield Remark(now.id, reason)
    asked = {result.check for result in report.results}
    yield from (Remark(check, "It was not part of this audit.") for check in then if check not in asked)


def _checks_of(report: AuditReport) -> tuple[EarlierCheck, ...]:
    return tuple(
        EarlierCheck(r.check, r.outcome, r.reason, r.tool, configuration_of(report.edition, r.check), r.gaps)
        for r in report.results
    )


def _why_not(then: EarlierCheck, now: EarlierCheck) -> str:
    """Why a check's findings can't be compared, "" if they can."""
    if unseen := _why_unseen(then, now):
        return unseen
    if then.tool != now.tool and Outcome.NOT_APPLICABLE not in {then.outcome, now.outcome}:
        return f"Another tool or version looked then: {_said(then.tool)}, now {_said(now.tool)}."
    if not then.configuration or not now.configuration:
        return "It is not said by which version's rules it worked."
    return "" if then.configuration == now.configuration else "Its rules have changed with the version of clientdesk."


def _why_unseen(then: EarlierCheck, now: EarlierCheck) -> str:
    if now.has_no_result:
        return f"It could not run this time: {now.reason}"
    if then.has_no_result:
        return f"It could not run in the earlier audit: {then.reason}"
    if not _looked(now, then):
        return "It ran in part this time, and left out what it examined before."
    if not _looked(then, now):
        return "It ran in part in the earlier audit, and left out what it examined this time."
    return ""


def _looked(check: EarlierCheck, other: EarlierCheck) -> bool:
    """Whether it ran: also where it found nothing and left out no more than the other time."""
    if check.outcome is not Outcome.COULD_NOT_RUN:
        return True
    return set(check.gaps) <= set(other.gaps)


def _said(tool: Tool) -> str:
    return f"{tool.name} {tool.version}".strip()


def _remarks(
    before: EarlierAudit, report: AuditReport, left_out: Collection[str], new: Collection[str], gone: Collection[str]
) -> Iterator[Remark]:
    """What to bear in mind: nothing of it makes the comparison wrong, all of it may make a single line so."""
    if _name(before.repository) != _name(report.repository):
        yield Remark("", f"The earlier audit is of another repository: {_name(before.repository)}.")
    then = {check.id: set(check.gaps) for check in before.checks}
    for result in report.results:
        if result.check in left_out:
            continue
        if result.check in gone and set(result.gaps) - then[result.check]:
            yield Remark(result.check, "It left out what it examined before: something gone may only be unexamined.")
        if result.check in new and then[result.check] - set(result.gaps):
            yield Remark(result.check, "It examined what it left out before: something new may have been there.")
        if result.check in new and result.check in _WORST_ONLY:  # without anything new, nothing was pushed off the list
            yield Remark(result.check, _WORST_ONLY_SAID)


def _name(address: str) -> str:
    return address.rstrip("/").removesuffix(".git").rsplit("/", 1)[-1].lower()
