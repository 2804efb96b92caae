"""Knowledge: who knows which part of the code, where one head knows all of it, where that head has gone quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from clientdesk.audit.areas_of_code import area_names
from clientdesk.audit.authorship import YEAR, by_people, reaches, shown_name, since
from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, language_of, role_of
from clientdesk.audit.metric_rows import Value, as_metrics
from clientdesk.audit.repository import Author, Commit, Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, could_not_run, judged
from clientdesk.audit.wording import counted, listed
from clientdesk.domain.estimating import EffortRule, hours

_ID = "knowledge"
_REMEMBERED = 3 * YEAR  # what somebody wrote before that, they too must read again
_QUIET = timedelta(days=180)
_ENOUGH_COMMITS = 20
_ENOUGH_TO_TELL = 5
_OTHERS = 3
_ONE_HEAD = 0.8
_MAIN = 0.5
_IN_TABLE = 12


@dataclass(frozen=True, slots=True)
class _Part:
    """An area of the code and the commits of three years that touched it, newest first."""

    name: str
    commits: tuple[Commit, ...]

    @property
    def main(self) -> Author:
        """Whoever made the most commits; of two alike, the one seen last."""
        counts = Counter(commit.author.key for commit in self.commits)
        key = max(counts, key=lambda key: counts[key])
        return next(commit.author for commit in self.commits if commit.author.key == key)

    @property
    def authors(self) -> int:
        return len({commit.author.key for commit in self.commits})

    @property
    def share(self) -> float:
        """The main author's part of the commits, 0 to 1."""
        key = self.main.key
        return sum(commit.author.key == key for commit in self.commits) / len(self.commits)


def look(repository: Repository, _today: date) -> CheckResult:
    """All is reckoned to the day of the commit, so that the same commit gives the same result on any day."""
    history = repository.history()
    if not history.commits:
        return could_not_run(_ID, "The clone carries no history.")
    now = repository.committed_at
    commits = by_people(since(history.commits, now - _REMEMBERED))
    recent = since(commits, now - YEAR)
    last_seen = _last_seen(commits)
    parts = _parts(repository, commits)
    quiet = [part for part in parts if _has_gone_quiet(part, last_seen, now)]
    whole = _one_head(recent)
    told = [part for part in parts if len(part.commits) >= _ENOUGH_TO_TELL]
    alone = [] if whole else [part for part in parts if _is_known_by_one(part) and part not in quiet]
    return judged(
        _ID,
        (*whole, *_alone(alone), *(_gone_quiet(part, last_seen, now) for part in quiet)),
        _reason(parts, quiet, alone, recent),
        metrics=as_metrics("knowledge", [_row(part, last_seen, now) for part in told[:_IN_TABLE]]),
        gaps=() if reaches(history, now - YEAR) else ("The history of the last year is not whole.",),
    )


def _last_seen(commits: Iterable[Commit]) -> dict[str, datetime]:
    seen: dict[str, datetime] = {}
    for commit in commits:
        seen.setdefault(commit.author.key, commit.at)
    return seen


def _parts(repository: Repository, commits: Sequence[Commit]) -> list[_Part]:
    """The areas of the code that is there today, those with the most changes first."""
    area_of = area_names(entry.path for entry in repository.files if _is_code(entry.path))
    found: dict[str, list[Commit]] = {}
    for commit in commits:
        for area in {area_of[path] for path in commit.paths if path in area_of}:
            found.setdefault(area, []).append(commit)
    parts = [_Part(name, tuple(inside)) for name, inside in found.items()]
    return sorted(parts, key=lambda part: (-len(part.commits), part.name))


def _is_code(path: str) -> bool:
    return bool(language_of(path)) and role_of(path) in {Role.SOURCE, Role.TEST}


def _has_gone_quiet(part: _Part, last_seen: Mapping[str, datetime], now: datetime) -> bool:
    """The main author did nothing anywhere for half a year, and others had to change the area without them."""
    if len(part.commits) < _ENOUGH_COMMITS or part.share < _MAIN or now - last_seen[part.main.key] < _QUIET:
        return False
    return len(since(part.commits, now - _QUIET)) >= _OTHERS


def _is_known_by_one(part: _Part) -> bool:
    return len(part.commits) >= _ENOUGH_COMMITS and part.share >= _ONE_HEAD


def _one_head(recent: Sequence[Commit]) -> tuple[Finding, ...]:
    """Only where there is a team's worth of work: a small product by one person is what it is."""
    everything = _Part("", tuple(recent))
    if len(recent) < _ENOUGH_COMMITS or everything.share < _ONE_HEAD:
        return ()
    return (
        _knowledge_finding(
            "knowledge.one-head",
            Severity.LOW,
            "The knowledge is in one head",
            f"{shown_name(everything.main)} made {everything.share:.0%} of the {counted(len(recent), 'commit')} of the "
            "year before this commit.",
            "If this person is away, changes and repairs wait, and others must learn the code first.",
            "Have a second person review and release, starting with the parts that earn money.",
            "one head",
        ),
    )


def _alone(parts: Sequence[_Part]) -> Iterator[Finding]:
    """One finding for all such areas: the remedy is one habit."""
    if not parts:
        return
    said = listed([f"{part.name} ({shown_name(part.main)}, {part.share:.0%})" for part in parts], 6)
    yield _knowledge_finding(
        "knowledge.one-head-areas",
        Severity.INFO,
        f"{counted(len(parts), 'area')} of the code known by one person each",
        f"At least {_ONE_HEAD:.0%} of the commits of three years: {said}.",
        "While this person is away, work on this part is slower and riskier than elsewhere.",
        "Let somebody else make the next changes there, with the author's review.",
        "one head per area",
    )


def _gone_quiet(part: _Part, last_seen: Mapping[str, datetime], now: datetime) -> Finding:
    away = (now - last_seen[part.main.key]).days
    others = len(since(part.commits, now - _QUIET))
    return _knowledge_finding(
        "knowledge.gone-quiet",
        Severity.MEDIUM if part.share >= _ONE_HEAD else Severity.LOW,
        f"Whoever knew {part.name} best has gone quiet",
        f"{shown_name(part.main)} made {part.share:.0%} of the {counted(len(part.commits), 'commit')} of three years "
        f"there, and none anywhere for {counted(away, 'day')}; others changed it {counted(others, 'time')} in the last "
        "half year.",
        "Questions about this part may have no one left to answer them; every change starts with finding out again.",
        "Ask now, while the person can still be reached: an hour of questions, written down beside the code.",
        f"gone quiet {part.name}",
    )


def _knowledge_finding(
    rule: str, severity: Severity, title: str, evidence: str, consequence: str, fix: str, snippet: str
) -> Finding:
    return Finding(
        check=_ID,
        rule=rule,
        severity=severity,
        confidence=Confidence.MEDIUM if rule == "knowledge.gone-quiet" else Confidence.HIGH,
        title=title,
        evidence=evidence,
        consequence=consequence,
        fix_now=fix,
        fix_later="Share the work so that each part has two people who know it.",
        snippet=snippet,
        cause="knowledge in one head",
        effort="" if severity is Severity.INFO else "knowledge.handover",
    )


def _reason(parts: Sequence[_Part], quiet: Sequence[_Part], alone: Sequence[_Part], recent: Sequence[Commit]) -> str:
    people = len({commit.author.key for commit in recent})
    said = (
        f"{counted(len(parts), 'area')} of code; {counted(people, 'person', 'people')} in the year before this commit"
    )
    if not quiet and not alone:
        return f"{said}; the main author of no area has gone quiet."
    return f"{said}; {len(alone)} known by one person, {len(quiet)} whose main author has gone quiet."


def _row(part: _Part, last_seen: Mapping[str, datetime], now: datetime) -> dict[str, Value]:
    return {
        "area": part.name,
        "commits": len(part.commits),
        "authors": part.authors,
        "main_author": shown_name(part.main),
        "share": round(100 * part.share),
        "quiet_days": max(0, (now - last_seen[part.main.key]).days),
    }


CHECK = Check(
    id=_ID,
    title="Knowledge of the code",
    area=Area.PROCESS,
    looks_for="areas of the code that one person knows, and those whose main author has gone quiet",
    matters_because="code that nobody at hand knows is slow and risky to change",
    look=look,
    effort=(
        EffortRule(
            key="knowledge.handover",
            work="Share the {cause}: reviews, questions and one guided release",
            unit="area",
            fixed=hours("4", "8", "12"),
            per_unit=hours("0", "0", "0"),
            cap=Decimal(12),
        ),
    ),
)
