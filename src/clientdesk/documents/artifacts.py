"""What a run shows on its pages: brief, audits, estimate, proposal, in Markdown and rows."""

from __future__ import annotations

from collections.abc import Sequence

from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import Severity
from clientdesk.documents.figures import Figures
from clientdesk.documents.markdown import bullets, picture, place, table, text
from clientdesk.documents.proposal import finding_id
from clientdesk.documents.topics import check_title, place_of
from clientdesk.domain.estimating import Estimate, plain
from clientdesk.domain.intake import Fit, IntroCall, Sanity
from clientdesk.domain.pricing import Line, Plan
from clientdesk.domain.proposal import Proposal

PICTURE = "Findings by check and severity"
_WORST, _ROWS = 12, 1_000
_SHORT = 10


def brief_markdown(call: IntroCall, fit: Fit, sanity: Sequence[Sanity]) -> str:
    """The intake brief: who, what they want, whether we are right for them, what a first look at the code gave."""
    contacts = ", ".join(f"{text(each.name, 80)} ({text(each.email, 120)})" for each in call.contacts)
    expects = ", ".join(text(each.value) for each in call.expects) or "nothing named"
    return "\n\n".join(
        [
            f"# Intake: {text(call.company, 90)}",
            f"**{fit.verdict.value.replace('_', ' ')}**",
            bullets([text(reason, 300) for reason in fit.reasons]),
            bullets([f"Contacts: {contacts}", f"Interested in: {call.interest.value}", f"Expects: {expects}"]),
            f"In their words: {text(call.pains, 1_000) or 'nothing said'}",
            "## First look at the code",
            table(
                ("Repository", "Branch", "Last commit", "Files", "Languages", "CI"),
                [_sanity(each) for each in sanity],
            ),
        ]
    )


def audits_markdown(reports: Sequence[AuditReport], places: Sequence[str], pictures: Sequence[bytes] = ()) -> str:
    """What is signed off: score, the worst findings with their numbers, what could not be examined, the reports.

    `pictures` are SVG, one for each report, or none at all; b"" is none for this one.
    """
    drawn = pictures or [b""] * len(reports)
    parts = [_audit(each, number, len(reports), drawn[number - 1]) for number, each in enumerate(reports, start=1)]
    return "\n\n".join([*parts, "### Reports", bullets([place(each) for each in places])])


def finding_facts(reports: Sequence[AuditReport]) -> list[tuple[str, str, str, str, str]]:
    """Number, severity, check, title and place of every finding, the worst of each repository first."""
    return [
        (
            finding_id(each.id, number, len(reports)),
            each.finding.severity.value,
            check_title(each.finding.check),
            each.finding.title,
            place_of(each.finding),
        )
        for number, report in enumerate(reports, start=1)
        for each in report.findings
    ]


def finding_rows(reports: Sequence[AuditReport]) -> list[dict[str, str]]:
    """Every finding in a row, the worst first; at most a thousand. Text is shortened and on one line."""
    return [
        {"Finding": number, "Severity": severity, "Check": check, "What": text(title, 160), "Where": text(where, 160)}
        for number, severity, check, title, where in finding_facts(reports)[:_ROWS]
    ]


def estimate_markdown(estimate: Estimate, locale: str) -> str:
    """Each piece of work with its hours and the reason behind them."""
    figures = Figures(locale)
    rows = [
        (str(item.priority), text(item.title, 140), figures.span(item.hours), text(item.reason, 240))
        for item in estimate.items
    ]
    total = f"**Together: {figures.span(estimate.total)}**"
    return "\n\n".join(["## Estimate", table(("", "Work", "Hours", "Reason"), rows), total])


def proposal_markdown(proposal: Proposal, locale: str, places: Sequence[str]) -> str:
    """What the account lead releases: to whom, which plan, each line with its price, the window, the document."""
    figures, plan, contact = Figures(locale), proposal.quote.recommended, proposal.call.contacts[0]
    window = figures.weekday_and_date(proposal.offer.first.day)
    lead = bullets(
        [
            f"To: {text(contact.name, 80)} ({text(contact.email, 120)})",
            f"Valid until: {figures.day(proposal.valid_until)}",
            f"First window: {window}, held until {figures.day(proposal.offer.answer_by)}",
            text(proposal.quote.tax.note, 300) or f"VAT: {proposal.quote.tax.case.value}",
            *[f"Decided otherwise: {text(each.words, 300)}" for each in proposal.quote.overrulings],
        ]
    )
    return "\n\n".join(
        [
            f"## Proposal to {text(proposal.call.company, 90)}",
            lead,
            _plan(plan, figures, "Recommended"),
            _plan(proposal.quote.alternative, figures, "Set beside it"),
            "### Document",
            bullets([place(each) for each in places]),
        ]
    )


def evidence_markdown(reports: Sequence[AuditReport], locale: str, zone: str) -> str:
    """The audits that a proposal rests on: of what, how old, and who answers for each."""
    figures = Figures(locale, zone)
    lines = [
        f"{place(report.repository)} at `{report.commit[:_SHORT]}`, audited {figures.day_and_time(report.audited_at)}, "
        + (f"signed off by {text(report.sign_off.engineer, 80)}" if report.sign_off else "**signed off by nobody**")
        for report in reports
    ]
    return "### Rests on\n\n" + bullets(lines)


def _sanity(each: Sanity) -> tuple[str, ...]:
    address = text(each.repository.address, 120)
    if each.problem:
        return (address, f"**not reached:** {text(each.problem, 200)}", "", "", "", "")
    return (
        address,
        text(each.default_branch, 60),
        text(each.last_commit_at[:_SHORT]),
        str(each.files),
        ", ".join(text(name, 40) for name in each.languages) or "none known",
        ", ".join(text(name, 40) for name in each.ci) or "none found",
    )


def _audit(report: AuditReport, number: int, repositories: int, drawn: bytes) -> str:
    score = report.score
    points = f"{score.points} of 100" if score.points is not None else "not assessed"
    counts = ", ".join(f"{_count(report, s)} {s.value}" for s in Severity if _count(report, s)) or "nothing found"
    missing = [f"{check_title(r.check)}: {text(r.reason, 200)}" for r in report.results if r.has_no_result]
    in_part = [f"{check_title(r.check)}: {text(' '.join(r.gaps), 200)}" for r in report.results if r.left_something_out]
    worst = [
        (finding_id(e.id, number, repositories), e.finding.severity.value, text(e.finding.title, 140),
         text(place_of(e.finding), 120))
        for e in report.findings[:_WORST]
    ]  # fmt: skip
    left = len(report.findings) - len(worst)
    parts = [
        f"## {text(_name(report.repository), 60)}",
        f"**{score.grade} ({points})**: {text(score.verdict, 400)}",
        f"{place(report.repository)} at `{report.commit[:_SHORT]}`: {counts}.",
        picture(drawn, PICTURE) if drawn else "",
        table(("Finding", "Severity", "What", "Where"), worst) if worst else "",
        f"…and {left} more, in the report." if left > 0 else "",
        "**Could not run**\n\n" + bullets(missing) if missing else "",
        "**Ran in part, and left out**\n\n" + bullets(in_part) if in_part else "",
        _judged(report),
    ]
    return "\n\n".join(filter(None, parts))


def _name(repository: str) -> str:
    return repository.rstrip("/").rsplit("/", 1)[-1].removesuffix(".git")


def _judged(report: AuditReport) -> str:
    """The severities that the engineer set."""
    if not report.sign_off or not report.sign_off.judgements:
        return ""
    lines = [f"{j.finding}: {j.before.value} → {j.after.value}. {text(j.why, 300)}" for j in report.sign_off.judgements]
    return f"**Judged by {text(report.sign_off.engineer, 80)}**\n\n" + bullets(lines)


def _count(report: AuditReport, severity: Severity) -> int:
    return sum(each.finding.severity is severity for each in report.findings)


def _plan(plan: Plan, figures: Figures, title: str) -> str:
    once = f"{figures.money(plan.one_off.net)} once" if plan.one_off.net.amount else ""
    monthly = f"{figures.money(plan.monthly.net)} a month" if plan.monthly.net.amount else ""
    price = " and ".join(filter(None, (once, monthly))) or "nothing to pay up front"
    rows = [_line(line, figures) for line in plan.lines]
    heading = f"### {title}: {plan.kind.value.replace('-', ' ')}, {price}, net"
    return "\n\n".join([heading, text(plan.reason, 400), table(("Line", "Hours", "Net", "Why"), rows)])


def _line(line: Line, figures: Figures) -> tuple[str, ...]:
    why = ", ".join(line.findings[:4]) + (" …" if len(line.findings) > 4 else "")  # noqa: PLR2004 (as many as fit)
    hours = plain(line.billed_hours) if line.billed_hours else ""
    net = figures.money(line.net) + (" a month" if line.is_monthly else "")
    return (text(line.title, 140), hours, net, why or text(line.reason, 200))
