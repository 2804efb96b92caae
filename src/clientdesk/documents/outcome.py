"""What the outcome report says: what was done in which hours, what rolled and why, what the code is like now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clientdesk.audit.changes import Changes
from clientdesk.documents.audit_changes import changes_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.sprint_facts import AuditedRepository, LeftItem, OutcomeFacts, SeenOtherwise, Target
from clientdesk.documents.sprint_parts import audited_view, figures_of, frame, hours_of, item_row, name_of
from clientdesk.documents.topics import check_title
from clientdesk.domain.agency import Agency
from clientdesk.domain.sprint import Item

_MOVED = 40


def outcome_view(facts: OutcomeFacts, agency: Agency) -> dict[str, object]:
    """The values of the template `outcome-report`."""
    figures = figures_of(facts.sprint, agency)
    return {
        **frame(facts.sprint, agency, figures),
        **_hours(facts, figures),
        "closed_at": figures.day_and_time(facts.closed_at),
        "started_at": figures.day_and_time(facts.sprint.started_at),
        "done": [_done_row(item, facts.spent, figures) for item in facts.sprint.items],
        "rolled": [_left_row(each, facts.spent, figures) for each in facts.left if not each.is_project],
        "projects": [_left_row(each, facts.spent, figures) for each in facts.left if each.is_project],
        "hourly": figures.money(facts.hourly) if facts.hourly else "",
        "repositories": [_repository(each, figures) for each in facts.sprint.repositories],
        "targets": [_target(target) for target in facts.targets],
        "rotated": [
            {
                "name": printable(secret.name, 120),
                "place": printable(secret.place, 120),
                "rotated_on": figures.day(secret.rotated_on) if secret.rotated_on else "",
            }
            for secret in facts.rotated
        ],
        "findings": _sums(facts),
    }


def outcome_letter(facts: OutcomeFacts, agency: Agency, place: str, *, to_team: bool) -> dict[str, object]:
    """The values of the e-mail `sprint-outcome`; `place` is where the report lies, for the team."""
    view = outcome_view(facts, agency)
    kept = ("used", "agreed", "extended", "done", "rolled", "projects", "hourly", "findings", "closed_at")
    figures = figures_of(facts.sprint, agency)
    return {
        **frame(facts.sprint, agency, figures),
        **{name: view[name] for name in kept},
        "to_team": to_team,
        "place": printable(place, 400),
    }


def _hours(facts: OutcomeFacts, figures: Figures) -> dict[str, object]:
    extended = sum(each.minutes for each in facts.extensions)
    return {
        "used": hours_of(sum(facts.spent.values()), figures),
        "agreed": hours_of(facts.sprint.box_minutes + extended, figures),
        "extended": hours_of(extended, figures) if extended else "",
        "extensions": [
            {"hours": hours_of(each.minutes, figures), "by": printable(each.by, 80), "how": printable(each.how, 80)}
            for each in facts.extensions
        ],
    }


def _done_row(item: Item, spent: Mapping[str, int], figures: Figures) -> dict[str, object]:
    return {
        **item_row(item, figures),
        "spent": hours_of(spent.get(item.id, 0), figures),
        "evidence": printable(item.done.evidence, 240) if item.done else "",
        "by": printable(item.done.by, 80) if item.done else "",
    }


def _left_row(each: LeftItem, spent: Mapping[str, int], figures: Figures) -> dict[str, object]:
    return {
        **item_row(each.item, figures),
        "spent": hours_of(spent.get(each.item.id, 0), figures),
        "why": each.why,
        "rolls": each.rolls,
        "price": figures.money(each.price) if each.price else "",
    }


def _repository(each: AuditedRepository, figures: Figures) -> dict[str, object]:
    moved = each.moved or ()
    rows = [
        {
            "name": printable(move.name, 60),
            "before": printable(move.before, 60),
            "after": printable(move.after, 60),
            "is_direct": move.is_direct,
        }
        for move in moved
    ]
    return {
        **audited_view(each, figures),
        "changes": changes_view(each.report, figures) if each.report else None,
        "is_moved_known": each.moved is not None,
        "moved": rows[:_MOVED],
        "moved_left_out": max(0, len(rows) - _MOVED),
        "label": name_of(each.address),
    }


def _target(target: Target) -> dict[str, object]:
    return {
        "what": target.what,
        "baseline": target.baseline,
        "target": target.target,
        "measured": target.measured,
        "why_not": target.why_not,
        "is_least": any(each.how is SeenOtherwise.LESS for each in target.doubts),
        "doubts": [
            {"how": each.how.value, "checks": [check_title(check) for check in each.checks]} for each in target.doubts
        ],
    }


def _sums(facts: OutcomeFacts) -> dict[str, int] | None:
    """Over all repositories; None where none could be compared. `maybe_fixed` may only be unexamined."""
    compared = list(_compared(facts))
    if not compared:
        return None
    return {
        "fixed": sum(len(changes.surely_fixed) for changes in compared),
        "maybe_fixed": sum(changes.maybe_fixed for changes in compared),
        "new": sum(len(changes.new) for changes in compared),
        "remaining": sum(len(changes.remaining) for changes in compared),
    }


def _compared(facts: OutcomeFacts) -> Iterator[Changes]:
    for each in facts.sprint.repositories:
        if each.report is not None and each.report.changes is not None:
            yield each.report.changes
