"""Measures the cases kept apart, and tells what the first run of them said before any rule was mended by them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from precision_cases.case import Work

from clientdesk.audit.result import Finding, Severity
from held_out.kept import Kept

FIRST_RUN = Path(__file__).with_name("first_run.json")
Look = Callable[[str, Mapping[str, str], int, Sequence[Work]], Sequence[Finding]]


@dataclass
class Seen:
    planted: int = 0
    found: int = 0
    clean: int = 0
    false: int = 0
    remarks: list[str] = field(default_factory=list)


def seen(cases: Iterable[Kept], look: Look) -> dict[str, Seen]:
    """By check. `look` examines one repository, numbered apart from all others."""
    by_check: dict[str, Seen] = defaultdict(Seen)
    for number, case in enumerate(cases):
        row = by_check[case.check]
        if case.planted:
            row.planted += 1
            found = look(case.check, case.planted, 2 * number, case.planted_work)
            hit = any(_names_the_place(one, case) for one in found)
            row.found += hit
            row.remarks += [] if hit else [f"missed: {case.check}: {case.name}; found {[one.rule for one in found]}"]
        if case.clean:
            row.clean += 1
            found = look(case.check, case.clean, 2 * number + 1, case.clean_work)
            wrong = [one.rule for one in found if one.severity is not Severity.INFO]
            row.false += bool(wrong)
            row.remarks += [f"false: {case.check}: {case.name}: {wrong}"] if wrong else []
    return dict(by_check)


def _names_the_place(finding: Finding, case: Kept) -> bool:
    if finding.severity is Severity.INFO:
        return False
    lines = case.planted.get(finding.path, "").splitlines()
    line = lines[finding.line - 1] if 0 < finding.line <= len(lines) else case.at
    return case.at.lower() in line.lower()


def told(rows: Mapping[str, Seen]) -> Iterator[str]:
    """The first run beside the one of today, so that nobody takes mended rules for foreseen ones."""
    first = json.loads(FIRST_RUN.read_text())
    yield f"held out, first run of {first['date']} (at {first['commit']}), beside today's:"
    yield f"{'check':<16}{'cases':>7}{'recall':>9}{'clean':>7}{'precision':>11}{'today':>9}{'precision':>11}"
    table = {check: (*first["by_check"].get(check, [0, 0, 0, 0]), row) for check, row in sorted(rows.items())}
    for check, (planted, found, clean, false, row) in table.items():
        yield (
            f"{check:<16}{planted:>7}{_share(found, planted):>9}{clean:>7}{_share(clean - false, clean):>11}"
            f"{_share(row.found, row.planted):>9}{_share(row.clean - row.false, row.clean):>11}"
        )
    planted, found, clean, false = (sum(row[place] for row in first["by_check"].values()) for place in range(4))
    yield f"first run in all: {found} of {planted} found, {false} of {clean} clean ones called faulty."
    yield from (remark for row in rows.values() for remark in row.remarks)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
