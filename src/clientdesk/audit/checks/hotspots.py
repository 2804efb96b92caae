"""Hotspots: code that is complex and changes often. There, and rarely elsewhere, making it simpler pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from clientdesk.audit.authorship import YEAR, by_people, reaches, since
from clientdesk.audit.check import Area, Check
from clientdesk.audit.measuring import Measured, is_written_elsewhere, measured
from clientdesk.audit.metric_rows import Value, as_metrics
from clientdesk.audit.repository import Function, Repository
from clientdesk.audit.result import (
    CheckResult,
    Confidence,
    Finding,
    Severity,
    Tool,
    could_not_run,
    judged,
    not_applicable,
)
from clientdesk.audit.wording import counted, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "hotspots"
_IN_TABLE = 15
_SHOWN = 5
_MONTHLY = 12
_WEEKLY = 50
_MUCH = 60  # complexity of a whole file: six functions of ten paths
_VERY_MUCH = 200
_HARD_FUNCTION = 15


@dataclass(frozen=True, slots=True)
class _Spot:
    """One file: commits of the year that touched it, paths through all its functions, and through its hardest one."""

    path: str
    revisions: int
    complexity: int
    hardest: str
    hardest_complexity: int
    lines: int

    @property
    def score(self) -> int:
        return self.revisions * self.complexity


_FOLLOWED = "A file that moved is followed where its content or its name stayed the same."


def look(repository: Repository, _today: date) -> CheckResult:
    history = repository.history()
    if not history.commits:
        return could_not_run(_ID, "The clone carries no history.")
    code = measured(repository)
    if code is None:
        return not_applicable(_ID, "There is no code in a language whose complexity is measured here.")
    start = repository.committed_at - YEAR
    whole = () if reaches(history, start) else ("The history of the last year is not whole.",)
    changes = by_people(since(history.commits, start))
    revisions = Counter(path for commit in changes for path in commit.paths)
    spots = _spots(repository, code, revisions)
    hot = [spot for spot in spots if _is_hot(spot)]
    return judged(
        _ID,
        tuple(_finding(spot, len(changes), spots) for spot in hot[:_SHOWN]),
        " ".join((_reason(len(changes), spots, hot), _FOLLOWED)),
        metrics=_metrics(len(changes), spots, hot),
        strengths=_strengths(spots, hot),
        gaps=(*whole, *_gaps(code, revisions)),
        tool=Tool(f"git + {code.tool.name}", code.tool.version),
    )


def _spots(repository: Repository, code: Measured, revisions: Mapping[str, int]) -> list[_Spot]:
    """Every measured file that changed in the year, the hottest first."""
    lines = {file.path: file.loc for report in code.reports for file in report.files if revisions.get(file.path)}
    changed = (function for function in code.functions if revisions.get(function.path))
    spots = [
        _spot(path, list(inside), revisions[path], lines.get(path, 0))
        for path, inside in groupby(changed, key=lambda function: function.path)
    ]
    spots.sort(key=lambda spot: (-spot.score, spot.path))
    borrowed = {spot.path for spot in spots[: 2 * _IN_TABLE] if is_written_elsewhere(repository, spot.path)}
    return [spot for spot in spots if spot.path not in borrowed]


def _spot(path: str, functions: Sequence[Function], revisions: int, lines: int) -> _Spot:
    hardest = max(functions, key=lambda function: (function.complexity, -function.line))
    return _Spot(
        path=path,
        revisions=revisions,
        complexity=sum(function.complexity for function in functions),
        hardest=hardest.name,
        hardest_complexity=hardest.complexity,
        lines=lines,
    )


def _gaps(code: Measured, revisions: Mapping[str, int]) -> tuple[str, ...]:
    """A file that could not be read matters only where it changed often enough to be a hotspot."""
    return (*code.missing, *unread_gap(file for file in code.unread if revisions.get(file.path, 0) >= _MONTHLY))


def _is_hot(spot: _Spot) -> bool:
    """Changed at least monthly on average, and really tangled: many simple functions side by side are no burden."""
    return spot.revisions >= _MONTHLY and spot.complexity >= _MUCH and spot.hardest_complexity > _HARD_FUNCTION


def _finding(spot: _Spot, changes: int, spots: Sequence[_Spot]) -> Finding:
    place = spots.index(spot) + 1
    is_urgent = spot.revisions >= _WEEKLY and spot.complexity >= _VERY_MUCH
    return Finding(
        check=_ID,
        rule="hotspots.file",
        severity=Severity.MEDIUM if is_urgent else Severity.LOW,
        confidence=Confidence.HIGH,
        title=f"{spot.path.rsplit('/', 1)[-1]} is complex and changes often",
        evidence=f"Touched by {spot.revisions:,} of {counted(changes, 'commit')} of the year before this one; "
        f"{spot.complexity:,} independent paths in {counted(spot.lines, 'line')}, {spot.hardest_complexity} of them in "
        f"{spot.hardest}. Number {place} of {counted(len(spots), 'file')} by change times complexity.",
        consequence="Much of the money for changes goes through this file: each one takes longer than it should, and "
        "breaks more often what worked before.",
        fix_now="Put tests around what it does today, so that the next change can't break it unnoticed.",
        fix_later="Let each change take one responsibility out of it, until the parts that change often are small.",
        path=spot.path,
        snippet="hotspot",
        cause="hotspots",
        effort="hotspots.tests",
    )


def _reason(changes: int, spots: Sequence[_Spot], hot: Sequence[_Spot]) -> str:
    if not spots:
        return f"No measured code changed in the year before this commit ({counted(changes, 'commit')})."
    seen = f"{counted(len(spots), 'file')} changed in {counted(changes, 'commit')} of the year before this commit"
    if not hot:
        return f"{seen}; none is both complex and changed {_MONTHLY} times or more."
    shown = f"; the worst {_SHOWN} are listed" if len(hot) > _SHOWN else ""
    return f"{seen}; of these {len(hot):,} complex and changed {_MONTHLY} times or more{shown}."


def _metrics(changes: int, spots: Sequence[_Spot], hot: Sequence[_Spot]) -> dict[str, Value]:
    rows: list[dict[str, Value]] = [
        {
            "path": spot.path,
            "revisions": spot.revisions,
            "complexity": spot.complexity,
            "lines": spot.lines,
            "score": spot.score,
            "hot": int(_is_hot(spot)),
        }
        for spot in spots[:_IN_TABLE]
    ]
    return {
        "hotspots.commits": changes,
        "hotspots.changed_files": len(spots),
        "hotspots.hot_files": len(hot),
        **as_metrics("hotspots", rows),
    }


def _strengths(spots: Sequence[_Spot], hot: Sequence[_Spot]) -> tuple[str, ...]:
    enough_to_tell = 30
    busy = [spot for spot in spots if spot.revisions >= _MONTHLY]
    if hot or not busy or len(spots) < enough_to_tell:
        return ()
    return ("What changes often is simple enough to be changed safely: there are no hotspots.",)


CHECK = Check(
    id=_ID,
    title="Hotspots",
    area=Area.MAINTAINABILITY,
    looks_for="files that are complex and changed often in the year before the commit",
    matters_because="this is where changes cost most, and where making code simpler pays first",
    look=look,
    lists_worst_only=True,
    effort=(
        EffortRule(
            key="hotspots.tests",
            work="Put tests around the {cause}, before their next change",
            unit="file",
            fixed=hours("1", "2", "3"),
            per_unit=hours("1.5", "3", "6"),
            cap=Decimal(24),
        ),
    ),
)
