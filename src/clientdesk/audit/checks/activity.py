"""Activity: how old the last changes are, how many people make them, the releases. Age by itself is no fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from clientdesk.audit.authorship import YEAR, by_people, reaches, since
from clientdesk.audit.check import Area, Check
from clientdesk.audit.repository import Commit, History, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, could_not_run, judged
from clientdesk.audit.wording import counted

_ID = "activity"
_QUARTER = timedelta(days=91)
_ENOUGH_COMMITS = 20


def look(repository: Repository, today: date) -> CheckResult:
    history = repository.history()
    if not history.commits:
        return could_not_run(_ID, "The clone carries no history.")
    now = datetime.combine(today, time.max, UTC)
    recent = by_people(since(history.commits, now - YEAR))
    authors = Counter(commit.author.key for commit in recent)
    gap = (
        ()
        if reaches(history, now - YEAR)
        else (f"Only the newest {counted(len(history.commits), 'commit')} could be read.",)
    )
    return judged(
        _ID,
        _age(history, now),
        _reason(history, recent, authors, today),
        metrics=_metrics(history, recent, authors, now),
        strengths=_strengths(recent, authors),
        gaps=gap,
    )


def _age(history: History, now: datetime) -> tuple[Finding, ...]:
    newest = history.commits[0].at
    if now - newest <= YEAR:
        return ()
    return (
        Finding(
            check=_ID,
            rule="activity.dormant",
            severity=Severity.INFO,
            confidence=Confidence.HIGH,
            title="No change for more than a year",
            evidence=f"The last commit is of {newest:%Y-%m-%d}.",
            consequence="Finished software may rest; its packages and platforms have moved on all the same.",
            fix_now="Plan one maintenance window to bring packages and platforms up to date.",
            snippet="dormant",
            cause="activity.dormant",
        ),
    )


def _reason(history: History, recent: Sequence[Commit], authors: Counter[str], today: date) -> str:
    days = (today - history.commits[0].at.date()).days
    return (
        f"Last commit {counted(max(days, 0), 'day')} ago; in twelve months {counted(len(recent), 'commit')} by "
        f"{counted(len(authors), 'person', 'people')}, bots left out."
    )


def _metrics(
    history: History, recent: Sequence[Commit], authors: Counter[str], now: datetime
) -> dict[str, int | float | str]:
    return {
        "activity.last_commit": f"{history.commits[0].at:%Y-%m-%d}",
        "activity.first_commit": f"{history.commits[-1].at:%Y-%m-%d}" if history.complete else "not measured",
        "activity.commits": len(history.commits),
        "activity.commits_12_months": len(recent),
        "activity.commits_3_months": sum(now - commit.at <= _QUARTER for commit in recent),
        "activity.authors_12_months": len(authors),
        "activity.busiest_share": round(authors.most_common(1)[0][1] / len(recent), 2) if recent else 0,
        "activity.tags": len(history.tags),
        "activity.tags_12_months": sum(now - at <= YEAR for _, at in history.tags),
    }


def _strengths(recent: Sequence[Commit], authors: Counter[str]) -> tuple[str, ...]:
    several = 3
    if len(recent) < _ENOUGH_COMMITS or len(authors) < several or authors.most_common(1)[0][1] / len(recent) > 1 / 2:
        return ()
    return (f"The work is shared: {len(authors)} people changed the code in the last twelve months.",)


CHECK = Check(
    id=_ID,
    title="Activity and people",
    area=Area.PROCESS,
    looks_for="age of the last changes, people who make them, habit of releasing",
    matters_because="it tells whether knowledge is at hand when something breaks",
    look=look,
)
