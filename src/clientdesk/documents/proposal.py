"""What the proposal says: what was found, what is offered at which price, and how the work is done."""

from __future__ import annotations

from collections.abc import Sequence

from clientdesk.audit.report import AuditReport, NumberedFinding
from clientdesk.audit.result import Severity
from clientdesk.documents.audit_report import gaps_of, not_run_of, score_view, seller_view, subject_view
from clientdesk.documents.client_text import paragraphs, printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.plans import plan_view, roll_over_example, tax_view
from clientdesk.documents.topics import (
    counts_by_severity,
    topic_view,
    topics_of,
    work_by_finding,
    work_row,
)
from clientdesk.documents.window_hours import window_view
from clientdesk.domain.agency import Agency
from clientdesk.domain.intake import NOT_SERVED, Expectation, IntroCall
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal

_TOPICS = 4
_STRENGTHS = 3
_NAME = 90
_PAINS = 380  # what the first page has room for, beside a long name and a long reason
_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})


def proposal_view(proposal: Proposal, agency: Agency, audits: Sequence[AuditReport]) -> dict[str, object]:
    """The values of the template `proposal`; a proposal without a number is a draft and says so."""
    figures = Figures(proposal.call.locale, agency.office_hours.zone)
    recommended = proposal.quote.recommended
    return {
        "locale": figures.tag,
        "language": figures.language,
        "number": proposal.number,
        "seller": seller_view(agency.seller),
        "client": _client(proposal.call),
        "engineer": agency.proposals.engineer,
        "account_lead": agency.proposals.account_lead,
        "drafted_on": figures.day(proposal.drafted_on),
        "valid_until": figures.day(proposal.valid_until),
        "subjects": [{**subject_view(report, figures), "score": score_view(report)} for report in audits],
        **_found(proposal, audits, figures),
        "recommended": plan_view(recommended, figures, _set_by_hand(proposal)),
        "work": _work_within(proposal, figures),
        "alternative": plan_view(proposal.quote.alternative, figures),
        "tax": tax_view(proposal.quote.tax, figures),
        "effort": figures.span(proposal.quote.effort),
        "roll_over": roll_over_example(recommended.bucket_hours),
        "windows": [_window(w, figures) for w in (proposal.offer.first, *proposal.offer.following)],
        "answer_by": figures.day(proposal.offer.answer_by),
        "office": _office(agency, figures, proposal.offer.first),
        "rates_are_examples": agency.rates.are_examples,
        "not_served": _not_served(proposal, agency),
        "outcomes": outcomes_of(proposal, audits),
        "re_audit_on": figures.day(proposal.offer.following[0].day) if proposal.offer.following else "",
        "wants_speed": Expectation.OPTIMISATION in proposal.call.expects,
    }


def _client(call: IntroCall) -> dict[str, object]:
    return {
        "company": printable(call.company, _NAME),
        "contact": printable(call.contacts[0].name, _NAME),
        "contacts": [printable(each.name, _NAME) for each in call.contacts],
        "pains": paragraphs(call.pains, _PAINS),
        "vat_id": printable(call.vat_id, 40),
        "country": printable(call.country, 40),
    }


def _found(proposal: Proposal, audits: Sequence[AuditReport], figures: Figures) -> dict[str, object]:
    """At most four topics, the worst first, and what is good; what could not be examined is said, not left out."""
    work = work_by_finding(proposal.estimate)
    everything = all_findings(audits)
    topics = topics_of(each for each in everything if each.finding.severity is not Severity.INFO)
    not_run = [{"check": each["title"], "text": each["reason"]} for report in audits for each in not_run_of(report)]
    return {
        "topics": [topic_view(topic, figures, work) for topic in topics[:_TOPICS]],
        "topics_left_out": max(0, len(topics) - _TOPICS),
        "total": len(everything),
        "counts": counts_by_severity(everything),
        "strengths": [printable(s, 220) for a in audits for r in a.results for s in r.strengths][:_STRENGTHS],
        "not_examined": not_run + [gap for report in audits for gap in gaps_of(report)],
    }


def all_findings(audits: Sequence[AuditReport]) -> list[NumberedFinding]:
    """The findings of all audits, worst first; of several repositories' each number tells its repository."""
    if len(audits) == 1:
        return list(audits[0].findings)
    numbered = [
        NumberedFinding(finding_id(each.id, place, len(audits)), each.finding)
        for place, report in enumerate(audits, start=1)
        for each in report.findings
    ]
    order = list(Severity)
    return sorted(numbered, key=lambda each: order.index(each.finding.severity))


def finding_id(number: str, place: int, repositories: int) -> str:
    """`F-07`, or `R2-F-07` for the second of several repositories."""
    return number if repositories == 1 else f"R{place}-{number}"


def _set_by_hand(proposal: Proposal) -> frozenset[str]:
    """The pieces of work whose hours a person has set: the client reads why."""
    return frozenset(each.title for ruled in proposal.quote.overrulings for each in ruled.hours)


def _work_within(proposal: Proposal, figures: Figures) -> list[dict[str, object]]:
    """The work that a retainer's hours are used for first; none where it is priced line by line."""
    if any(line.findings and not line.is_monthly for line in proposal.quote.recommended.lines):
        return []
    return [work_row(item, figures) for item in proposal.estimate.items]


def _window(window: Window, figures: Figures) -> dict[str, str]:
    return {**window_view(window, figures), "short": figures.day(window.day)}


def _office(agency: Agency, figures: Figures, first: Window) -> dict[str, object]:
    hours, response = agency.office_hours, agency.response
    return {
        "opens": f"{hours.opens:%H:%M}",
        "closes": f"{hours.closes:%H:%M}",
        "zone": figures.zone_name(first.starts_at),
        "place": hours.zone,
        "critical_first": response.critical_first,
        "critical_plan": response.critical_plan,
        "normal_first": response.normal_first,
        "reschedule_days": agency.windows.reschedule_days,
    }


def _not_served(proposal: Proposal, agency: Agency) -> list[dict[str, object]]:
    """Everything outside the offer, with who does it; `asked`: the client expects it.

    The partners that agency.toml comes with are examples, nobody to send a client to.
    """
    asked = {referral.expectation: referral.partner for referral in proposal.fit.referrals}
    rows: list[dict[str, object]] = []
    for expectation in sorted(NOT_SERVED, key=lambda each: (each not in asked, each.value)):
        named = asked.get(expectation) or agency.partners.get(expectation)
        partner = named if named and not named.is_example else None
        rows.append(
            {
                "what": expectation.value,
                "asked": expectation in asked,
                "partner": printable(partner.name, 80) if partner else "",
                "contact": printable(partner.contact, 120) if partner else "",
            }
        )
    return rows


def outcomes_of(proposal: Proposal, audits: Sequence[AuditReport]) -> list[dict[str, object]]:
    """What can be measured again: each with today's figure; a target only where the plan's own lines give one."""
    findings = all_findings(audits)
    planned = {each for line in proposal.quote.recommended.lines for each in line.findings}
    urgent = {each.id for each in findings if each.finding.severity in _URGENT}
    could_not = sum(result.has_no_result for report in audits for result in report.results)
    rows: list[dict[str, object]] = [
        {"what": "planned", "baseline": len(planned), "target": 0},
        {"what": "urgent", "baseline": len(urgent), "target": len(urgent - planned)},
    ]
    if could_not:
        rows.append({"what": "not_run", "baseline": could_not, "target": 0})
    return [row for row in rows if row["baseline"]]
