"""What the sprint sheet says: what is taken up, which libraries and secrets wait, what the scan found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientdesk.audit.library_survey import Care, LibrarySurvey, LibraryUpdate, Step
from clientdesk.audit.result import Severity
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.sprint_facts import AuditedRepository, SprintFacts
from clientdesk.documents.sprint_parts import (
    audited_view,
    figures_of,
    frame,
    hours_of,
    item_row,
    minutes_of,
    name_of,
)
from clientdesk.documents.topics import place_of
from clientdesk.domain.agency import Agency
from clientdesk.domain.secret_register import RegisteredSecret

SECRET_CHECKS = frozenset({"secrets", "secret-files"})
_ROWS = 40
_CLOSED = 4
_NAMES = 12


def sheet_view(facts: SprintFacts, agency: Agency) -> dict[str, object]:
    """The values of the template `sprint-sheet`."""
    figures = figures_of(facts, agency)
    planned = [item for item in facts.items if item.is_planned]
    beyond = [item for item in facts.items if not item.is_planned]
    return {
        **frame(facts, agency, figures),
        "started_at": figures.day_and_time(facts.started_at),
        "planned": [item_row(item, figures) for item in planned],
        "planned_hours": hours_of(minutes_of(planned), figures),
        "left_hours": hours_of(facts.box_minutes - minutes_of(planned), figures),
        "beyond": [item_row(item, figures) for item in beyond[:_ROWS]],
        "beyond_left_out": max(0, len(beyond) - _ROWS),
        "beyond_count": len(beyond),
        "scans": [audited_view(each, figures) for each in facts.repositories],
        "libraries": [_libraries(each, figures) for each in facts.repositories],
        "secrets": [_secret(secret, figures) for secret in facts.secrets],
        "finds": list(_finds(facts.repositories)),
    }


def started_letter(facts: SprintFacts, agency: Agency, place: str, *, to_team: bool) -> dict[str, object]:
    """The values of the e-mail `sprint-started`; `place` is where the sheet lies, for the team."""
    view = sheet_view(facts, agency)
    kept = ("planned", "planned_hours", "beyond_count", "scans", "started_at")
    figures = figures_of(facts, agency)
    counts = {care.value: sum(1 for _ in _steps(facts.repositories, care)) for care in Care}
    return {
        **frame(facts, agency, figures),
        **{name: view[name] for name in kept},
        "updates": counts,
        "secrets": len(facts.secrets),
        "to_team": to_team,
        "place": printable(place, 400),
    }


def _steps(repositories: Iterable[AuditedRepository], care: Care) -> Iterator[Step]:
    for each in repositories:
        if each.survey is not None:
            yield from (step for update in each.survey.updates for step in update.steps if step.care is care)


def _libraries(each: AuditedRepository, figures: Figures) -> dict[str, object]:
    survey = each.survey
    view: dict[str, object] = {"name": name_of(each.address), "is_known": survey is not None}
    if survey is None:
        return view
    return {
        **view,
        "source": printable(survey.source, 120),
        "not_asked": printable(survey.not_asked, 240),
        "no_advisories": printable(survey.no_advisories, 240),
        "current": survey.current,
        "groups": [_group(survey, care, figures) for care in Care],
        "watch": [_row(update, None, figures) for update in survey.updates if _is_to_be_watched(update)],
        "unmeasured": [
            {
                "reason": printable(each.reason, 200),
                "count": len(each.names),
                "names": [printable(name, 60) for name in each.names[:_NAMES]],
                "more": max(0, len(each.names) - _NAMES),
            }
            for each in survey.unmeasured
        ],
    }


def _group(survey: LibrarySurvey, care: Care, figures: Figures) -> dict[str, object]:
    rows = [_row(update, step, figures) for update in survey.updates for step in update.steps if step.care is care]
    return {"care": care.value, "rows": rows[:_ROWS], "left_out": max(0, len(rows) - _ROWS), "count": len(rows)}


def _is_to_be_watched(update: LibraryUpdate) -> bool:
    """No version to go to, and yet something to say."""
    return not update.steps


def _row(update: LibraryUpdate, step: Step | None, figures: Figures) -> dict[str, object]:
    closes = step.closes if step else ()
    return {
        "name": printable(update.name, 60),
        "in_use": printable(update.in_use, 30),
        "to": printable(step.to, 30) if step else "",
        "wanted": printable(update.wanted, 30),
        "latest": printable(update.latest, 30),
        "closes": [printable(name, 30) for name in closes[:_CLOSED]],
        "closes_more": max(0, len(closes) - _CLOSED),
        "unmended": [printable(name, 30) for name in update.unmended[:_CLOSED]],
        "ends_on": figures.day(update.ends_on) if update.ends_on else "",
        "has_ended": update.has_ended,
        "given_up": printable(update.given_up, 120),
        "changelog": update.changelog,
        "is_development": update.is_development,
    }


def _secret(secret: RegisteredSecret, figures: Figures) -> dict[str, str]:
    return {
        "name": printable(secret.name, 120),
        "place": printable(secret.place, 120),
        "owner": printable(secret.owner, 80),
        # A narrow column: here a date may break.
        "rotated_on": figures.day(secret.rotated_on).replace("\u00a0", " ") if secret.rotated_on else "",
        "due_on": figures.day(secret.due_on).replace("\u00a0", " ") if secret.due_on else "",
    }


def _finds(repositories: Iterable[AuditedRepository]) -> Iterator[dict[str, str]]:
    """The audit's finds, masked there already: what it is and where, never the value."""
    for each in repositories:
        for numbered in each.report.findings if each.report else ():
            finding = numbered.finding
            if finding.check in SECRET_CHECKS and finding.severity is not Severity.INFO:
                yield {
                    "id": numbered.id,
                    "severity": finding.severity.value,
                    "title": printable(finding.title, 160),
                    "place": place_of(finding),
                    "repository": name_of(each.address),
                }
