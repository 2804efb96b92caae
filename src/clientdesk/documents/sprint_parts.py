"""What the sprint sheet and the outcome report print alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from clientdesk.documents.audit_report import seller_view, subject_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.sprint_facts import AuditedRepository, Late, SprintFacts
from clientdesk.documents.window_hours import window_view
from clientdesk.domain.agency import Agency
from clientdesk.domain.maintenance import Window
from clientdesk.domain.sprint import Item, Source

_HOUR = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def frame(facts: SprintFacts, agency: Agency, figures: Figures) -> dict[str, object]:
    """Who, when, how long: every document and mail about a sprint."""
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "engineer": agency.proposals.engineer,
        "account_lead": agency.proposals.account_lead,
        "company": printable(facts.company, 90),
        "contact": printable(facts.contact, 80),
        "window": dated_window(facts.window, figures),
        "next_window": dated_window(facts.next_window, figures) if facts.next_window else None,
        "box": hours_of(facts.box_minutes, figures),
        "late": late_view(facts.late, figures) if facts.late else None,
    }


def figures_of(facts: SprintFacts, agency: Agency) -> Figures:
    return Figures(facts.locale, agency.office_hours.zone)


def dated_window(window: Window, figures: Figures) -> dict[str, str]:
    return {**window_view(window, figures), "date": figures.day(window.day)}


def late_view(late: Late, figures: Figures) -> dict[str, str]:
    minutes = int(late.by.total_seconds() // _HOUR)
    whole, rest = divmod(minutes, _HOUR)
    by = f"{whole}\u00a0h" if whole and not rest else f"{whole}\u00a0h {rest}\u00a0min" if whole else f"{rest}\u00a0min"
    return {
        "by": by,
        "because": late.because.value,
        "since": figures.day_and_time(late.since) if late.since else "",
    }


def hours_of(minutes: int, figures: Figures) -> str:
    """`7.5`, at most two decimals."""
    return figures.number(Decimal(minutes) / _HOUR)


def item_row(item: Item, figures: Figures) -> dict[str, object]:
    return {
        "title": printable(item.work.title, 160),
        "note": _note(item, figures),
        "source": item.work.source.value,
        "priority": item.work.priority.value,
        "hours": hours_of(item.work.minutes, figures),
        "rolls": item.rolls,
        "is_standing": item.work.source is Source.STANDING,
    }


def _note(item: Item, figures: Figures) -> str:
    """A proposal's item brings its range of hours, which each language writes its own way."""
    if item.work.source is not Source.PROPOSAL:
        return printable(item.work.note, 240)
    return _NUMBER.sub(lambda match: figures.number(Decimal(match[0])), printable(item.work.note, 240))


def minutes_of(items: Iterable[Item]) -> int:
    return sum(item.work.minutes for item in items)


def audited_view(each: AuditedRepository, figures: Figures) -> dict[str, object]:
    """The scan of one repository: what is new, what remains, what is gone; or why nothing can be said."""
    report = each.report
    if report is None:
        return {"name": name_of(each.address), "problem": printable(each.problem, 300), "subject": None}
    changes = report.changes
    return {
        "name": name_of(each.address),
        "problem": "",
        "subject": subject_view(report, figures),
        "points": report.score.points,
        "total": len(report.findings),
        "compared": changes is not None,
        "points_then": changes.points if changes else None,
        "date_then": figures.day(changes.audited_at.date()) if changes else "",
        "commit_then": printable(changes.commit[:10], 10) if changes else "",
        "new": len(changes.new) if changes else 0,
        "remaining": len(changes.remaining) if changes else 0,
        "fixed": len(changes.surely_fixed) if changes else 0,
        "maybe_fixed": changes.maybe_fixed if changes else 0,
        "not_compared": len(changes.not_compared) if changes else 0,
    }


def name_of(address: str) -> str:
    """The last part of an address: enough for a reader who knows their repositories."""
    shown = printable(address, 200)
    return printable(shown.rstrip("/").removesuffix(".git").rsplit("/", 1)[-1], 60) or shown
