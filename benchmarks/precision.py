"""`python benchmarks/precision.py [CHECK ...]`: how much of what each check claims it finds, and how often it is wrong.

Every case is a small repository with one planted fault and its clean twin. Recall is the share of planted faults that
are found under the rule expected; a false positive is a clean twin in which something more than
a remark is found. Ends with status 1 if
a check stays below 0.95 in either. Then come the cases kept apart, written without a look at any rule (`held_out/`),
with the figures of their first run, which stay as they were, whatever is mended.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from fakes.repository import COMMITTED_AT, RepositoryFromText  # noqa: E402  found through the paths above
from held_out import everything as kept_apart  # noqa: E402
from held_out import running  # noqa: E402
from held_out.kept import Kept  # noqa: E402
from own_sources import own_sources  # noqa: E402
from precision_cases import everything  # noqa: E402
from precision_cases.case import Case, Work  # noqa: E402

from clientdesk.adapters.toolbox import Toolbox  # noqa: E402
from clientdesk.audit.registry import CHECKS  # noqa: E402
from clientdesk.audit.repository import OTHER_SECURITY, PYTHON_SECURITY, Author, Commit, ToolFailed, ToolKey  # noqa: E402
from clientdesk.audit.result import Finding, Severity  # noqa: E402

TODAY = date(2026, 3, 2)
LEAST = 0.95
_CHECKS = {check.id: check for check in CHECKS}


@dataclass
class Tally:
    planted: int = 0
    found: int = 0
    clean: int = 0
    false: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.clean if self.clean else 1.0


class _Examined(RepositoryFromText):
    """Its tools are the real ones."""

    def __init__(self, files: dict[str, str], toolbox: Toolbox, number: int, work: Sequence[Work] = ()) -> None:
        super().__init__(files, commits=_commits(work), commit=f"{number:040x}")
        self._toolbox = toolbox

    def tool(self, key: ToolKey[object]) -> object:
        return self._toolbox(self, key)


def _commits(work: Sequence[Work]) -> list[Commit]:
    made = [
        Commit(f"{part.who}{at:%Y%m%d}{part.path}", at, Author(part.who.lower(), part.who), (part.path,))
        for part in work
        for at in (COMMITTED_AT - timedelta(days=part.days_ago + day) for day in range(part.commits))
    ]
    return sorted(made, key=lambda commit: commit.at, reverse=True)


def measured(cases: Iterable[Case], toolbox: Toolbox) -> dict[str, Tally]:
    """By check. `toolbox` needs no network."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for number, case in enumerate(cases):
        tally = tallies[case.check]
        if case.planted:
            tally.planted += 1
            found = _findings(case.check, case.planted, toolbox, 2 * number, case.planted_work)
            is_found = any(one.rule == case.rule for one in found)
            tally.found += is_found
            tally.remarks += [] if is_found else [f"missed: {case.name} {_sight(case.planted)}; found {_rules(found)}"]
        if case.clean:
            tally.clean += 1
            found = _findings(case.check, case.clean, toolbox, 2 * number + 1, case.clean_work)
            wrong = [
                one for one in found if one.rule == case.rule or (case.strict and one.severity is not Severity.INFO)
            ]
            tally.false += bool(wrong)
            tally.remarks += [f"false: {case.name} {_sight(case.clean)}: {_rules(wrong)}"] if wrong else []
    return dict(tallies)


def _findings(check: str, files: object, toolbox: Toolbox, number: int, work: Sequence[Work]) -> Sequence[Finding]:
    repository = _Examined(dict(files), toolbox, number, work)  # type: ignore[call-overload]  # a mapping
    return _CHECKS[check].look(repository, TODAY).findings


def _rules(found: Sequence[Finding]) -> list[str]:
    return sorted({one.rule for one in found})


def _sight(files: object) -> str:
    return " ".join(repr(text)[:160] for text in dict(files).values())  # type: ignore[call-overload]  # a mapping


@contextmanager
def warmed(cases: Sequence[Case | Kept]) -> Iterator[Toolbox]:
    """Analysers with every content of the cases known already, so that each case costs no process of its own."""
    with tempfile.TemporaryDirectory(prefix="precision-") as folder, ExitStack() as sources:
        lookup, releases = sources.enter_context(own_sources(Path(folder) / "sources"))
        toolbox = Toolbox(Path(folder), advisories=lookup, releases=releases)
        contents = [files for case in cases for files in (case.planted, case.clean)]
        every = {f"{n}/{path}": text for n, files in enumerate(contents) for path, text in files.items()}
        repository = _Examined(every, toolbox, len(contents) + 1)
        for key in (PYTHON_SECURITY, OTHER_SECURITY):
            try:
                repository.tool(key)  # type: ignore[arg-type]  # any report
            except ToolFailed as failure:
                raise SystemExit(f"{failure.tool.name}: {failure.reason}") from failure
        yield toolbox


def main(names: Sequence[str]) -> int:
    cases = [case for case in everything.CASES if not names or case.check in names]
    with warmed(cases) as toolbox:
        tallies = measured(cases, toolbox)
    print(f"{'check':<16}{'cases':>7}{'recall':>9}{'clean':>7}{'false':>7}{'precision':>11}")
    for check, tally in sorted(tallies.items()):
        print(
            f"{check:<16}{tally.planted:>7}{tally.recall:>9.3f}{tally.clean:>7}{tally.false:>7}{tally.precision:>11.3f}"
        )
    sides = sum(tally.planted + tally.clean for tally in tallies.values())
    print(f"\n{len(cases)} cases, {sides} repositories.")
    for remark in (remark for tally in tallies.values() for remark in tally.remarks):
        print(remark)
    print()
    _tell_kept_apart(names)
    return int(any(min(tally.recall, tally.precision) < LEAST for tally in tallies.values()))


def _tell_kept_apart(names: Sequence[str]) -> None:
    cases = [case for case in kept_apart.CASES if not names or case.check in names]
    if not cases:
        return
    with warmed(cases) as toolbox:
        rows = running.seen(cases, lambda check, files, number, work: _findings(check, files, toolbox, number, work))
    print(*running.told(rows), sep="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
