"""Activity: how old the last changes are, who makes them, how releases are cut. Age by itself is no fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.repository import Commit, History, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, could_not_run, judged
from clientdesk.audit.wording import counted
from clientdesk.domain.estimating import EffortRule, hours

_ID = "activity"
_YEAR = timedelta(days=365)
_QUARTER = timedelta(days=91)
_ENOUGH_COMMITS = 20
_ONE_HEAD = 0.8
_BOTS = ("[bot]", "dependabot", "renovate", "github-actions", "pre-commit-ci", "weblate", "crowdin")


def look(repository: Repository, today: date) -> CheckResult:
    history = repository.history()
    if not history.commits:
        return could_not_run(_ID, "The clone carries no history.")
    now = datetime.combine(today, time.max, UTC)
    people = [commit for commit in history.commits if not _is_bot(commit)]
    recent = [commit for commit in people if now - commit.at <= _YEAR]
    authors = Counter(commit.author.key for commit in recent)
    is_enough = history.complete or now - history.commits[-1].at > _YEAR
    gap = () if is_enough else (f"Only the newest {counted(len(history.commits), 'commit')} could be read.",)
    return judged(
        _ID,
        (*_age(history, now), *_one_head(recent, authors)),
        _reason(history, recent, authors, today),
        metrics=_metrics(history, recent, authors, now),
        strengths=_strengths(recent, authors),
        gaps=gap,
    )


def _is_bot(commit: Commit) -> bool:
    name = commit.author.name.lower()
    return any(bot in name for bot in _BOTS)


def _age(history: History, now: datetime) -> tuple[Finding, ...]:
    newest = history.commits[0].at
    if now - newest <= _YEAR:
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


def _one_head(recent: Sequence[Commit], authors: Counter[str]) -> tuple[Finding, ...]:
    """Only where there is a team's worth of work: a small product by one person is what it is."""
    if len(recent) < _ENOUGH_COMMITS or authors.most_common(1)[0][1] / len(recent) < _ONE_HEAD:
        return ()
    share = authors.most_common(1)[0][1] / len(recent)
    return (
        Finding(
            check=_ID,
            rule="activity.one-head",
            severity=Severity.LOW,
            confidence=Confidence.HIGH,
            title="The knowledge is in one head",
            evidence=f"One person made {share:.0%} of the {counted(len(recent), 'commit')} of the last twelve months.",
            consequence="If this person is away, changes and repairs wait, and others must learn the code first.",
            fix_now="Have a second person review and release, starting with the parts that earn money.",
            fix_later="Share the work so that each part has two people who know it.",
            snippet="one head",
            cause="knowledge in one head",
            effort="activity.handover",
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
        "activity.tags_12_months": sum(now - at <= _YEAR for _, at in history.tags),
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
    effort=(
        EffortRule(
            key="activity.handover",
            work="Share the {cause}: reviews and one guided release",
            unit="repository",
            fixed=hours("4", "8", "12"),
            per_unit=hours("0", "0", "0"),
            cap=Decimal(12),
        ),
    ),
)
