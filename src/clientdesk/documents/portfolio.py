"""What the round through all clients' repositories came to: rows for the pages, the terminal and the team's mail."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.documents.audit_report import seller_view
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.markdown import table, text
from clientdesk.domain.agency import Agency

_LINES_IN_A_MAIL = 60


@dataclass(frozen=True, slots=True)
class Movement:
    """Against the last audit of the repository: findings of checks that looked the same way both times.

    `not_compared` counts the checks that could not be compared; `urgent` are the new ones, critical or high;
    `maybe_fixed` are gone, or were only not examined this time.
    """

    grade_before: str
    new: int
    urgent: int
    fixed: int
    remaining: int
    not_compared: int
    maybe_fixed: int = 0


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """One repository. `problem` "": it was audited. `movement` None: there was no audit before.

    `not_run` checks have no result, `in_part` have one and left something out.
    """

    company: str
    repository: str
    grade: str = ""
    points: int | None = None
    findings: int = 0
    not_run: int = 0
    in_part: int = 0
    movement: Movement | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`left_out` are clients who are not looked after, with the reason."""

    lines: tuple[PortfolioLine, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def failed(self) -> int:
        return sum(bool(line.problem) for line in self.lines)

    @property
    def urgent(self) -> int:
        """New findings that are critical or high, of all repositories."""
        return sum(line.movement.urgent for line in self.lines if line.movement)


HEADER = ("Client", "Repository", "Grade", "Findings", "New", "Urgent", "Fixed", "Remaining", "Note")


def portfolio_rows(portfolio: Portfolio) -> list[tuple[str, ...]]:
    """A row for each repository and for each client left out, in the order given; strangers' text as it is."""
    rows = [_row(line) for line in portfolio.lines]
    return [*rows, *[(company, *[""] * 7, f"left out: {why}") for company, why in portfolio.left_out]]


def portfolio_markdown(portfolio: Portfolio) -> str:
    """For the run's page. Not as its table of rows, which cuts the last column and shows what is escaped as it is.

    What has moved stands in one column: nine of them run over what the page shows beside them.
    """
    rows = [[text(cell, 300) for cell in (*row[:4], _moved(row), row[-1])] for row in portfolio_rows(portfolio)]
    header = (*HEADER[:4], "Since last time", HEADER[-1])
    return f"# Portfolio\n\n{text(in_a_sentence(portfolio))}\n\n{table(header, rows)}"


def _moved(row: tuple[str, ...]) -> str:
    new, urgent, fixed, remaining = row[4:8]
    return f"{new} new ({urgent} urgent), {fixed} fixed, {remaining} remaining" if new else ""


def in_a_sentence(portfolio: Portfolio) -> str:
    """How many, and what has to be looked at."""
    done = len(portfolio.lines) - portfolio.failed
    words = [f"{done} of {len(portfolio.lines)} repositories audited", f"{portfolio.urgent} new critical or high"]
    if portfolio.left_out:
        words.append(_counted(len(portfolio.left_out), "client left out", "clients left out"))
    return ", ".join(words) + "."


def portfolio_letter(portfolio: Portfolio, agency: Agency) -> dict[str, object]:
    """The values of the e-mail `portfolio-audited`; what failed and what is urgent comes first."""
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    ordered = sorted(portfolio.lines, key=_least_urgent_last)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "total": len(portfolio.lines),
        "failed": portfolio.failed,
        "urgent": portfolio.urgent,
        "lines": [_line_view(line) for line in ordered[:_LINES_IN_A_MAIL]],
        "more": max(len(ordered) - _LINES_IN_A_MAIL, 0),
        "left_out": [printable(company, 80) for company, _ in portfolio.left_out],
    }


def _least_urgent_last(line: PortfolioLine) -> tuple[bool, int, int, str, str]:
    moved = line.movement
    urgent, new = (moved.urgent, moved.new) if moved else (0, 0)
    return (not line.problem, -urgent, -new, line.company.casefold(), line.repository)


def _row(line: PortfolioLine) -> tuple[str, ...]:
    if line.problem:
        return (line.company, line.repository, *["not measured"] + [""] * 5, line.problem)
    moved = line.movement
    grade = line.grade if line.points is None else f"{line.grade} ({line.points})"
    if moved is None:
        return (line.company, line.repository, grade, str(line.findings), "", "", "", "", _note(line, "first audit"))
    if moved.grade_before != line.grade:
        grade += f", was {moved.grade_before}"
    counts = [str(count) for count in (line.findings, moved.new, moved.urgent, moved.fixed, moved.remaining)]
    return (line.company, line.repository, grade, *counts, _note(line, *_moved_words(moved)))


def _moved_words(moved: Movement) -> tuple[str, ...]:
    return (
        _counted(moved.not_compared, "check not compared", "checks not compared"),
        f"{moved.maybe_fixed} more gone or only unexamined" if moved.maybe_fixed else "",
    )


def _note(line: PortfolioLine, *words: str) -> str:
    examined = (
        _counted(line.not_run, "check could not run", "checks could not run"),
        _counted(line.in_part, "check left something out", "checks left something out"),
    )
    return "; ".join(filter(None, (*words, *examined)))


def _counted(count: int, one: str, other: str) -> str:
    """ "" for none."""
    return f"{count} {one if count == 1 else other}" if count else ""


def _line_view(line: PortfolioLine) -> dict[str, object]:
    moved = line.movement
    return {
        "company": printable(line.company, 80),
        "repository": printable(line.repository, 120),
        "problem": printable(line.problem, 300),
        "grade": line.grade,
        "points": line.points,
        "findings": line.findings,
        "not_run": line.not_run,
        "in_part": line.in_part,
        "movement": moved
        and {
            "grade": moved.grade_before,
            "new": moved.new,
            "urgent": moved.urgent,
            "fixed": moved.fixed,
            "maybe_fixed": moved.maybe_fixed,
            "remaining": moved.remaining,
            "not_compared": moved.not_compared,
        },
    }
