"""What the e-mails say: to the client with a proposal, to the team when an audit is done."""

from __future__ import annotations

from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import Severity
from clientdesk.documents.audit_report import seller_view, subject_view
from clientdesk.documents.client_text import paragraphs, printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.plans import totals_view
from clientdesk.documents.topics import place_of
from clientdesk.domain.agency import Agency
from clientdesk.domain.pricing import TaxCase
from clientdesk.domain.proposal import Proposal

_WORST = 5
_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})


def proposal_letter(proposal: Proposal, agency: Agency, pdf_name: str, words: str = "") -> dict[str, object]:
    """The values of the e-mail `proposal-sent`, to the client's first contact; `pdf_name` is the attachment's.

    `words` are the account lead's own.
    """
    figures = Figures(proposal.call.locale, agency.office_hours.zone)
    plan, first = proposal.quote.recommended, proposal.offer.first
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "contact": printable(proposal.call.contacts[0].name, 80),
        "company": printable(proposal.call.company, 80),
        "number": proposal.number,
        "pdf_name": pdf_name,
        "words": paragraphs(words, 4_000),
        "plan": {"kind": plan.kind.value, "bucket": plan.bucket_hours},
        "one_off": totals_view(plan.one_off, figures),
        "monthly": totals_view(plan.monthly, figures),
        "is_vat_added": proposal.quote.tax.case is TaxCase.DOMESTIC,
        "window": {
            "day": figures.weekday_and_date(first.day),
            "opens": figures.clock(first.starts_at),
            "closes": figures.clock(first.ends_at),
            "zone": figures.zone_name(first.starts_at),
        },
        "answer_by": figures.day(proposal.offer.answer_by),
        "valid_until": figures.day(proposal.valid_until),
        "engineer": agency.proposals.engineer,
        "account_lead": agency.proposals.account_lead,
    }


def audit_letter(report: AuditReport, agency: Agency, place: str, page: str = "") -> dict[str, object]:
    """The values of the e-mail `audit-finished`, in the agency's own language; `place` is where the report lies.

    `page` is the run's, where the sign-off is asked for; "" without one.
    """
    figures = Figures(agency.proposals.locale, agency.office_hours.zone)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "subject": subject_view(report, figures),
        "verdict": printable(report.score.verdict, 120),
        "points": report.score.points,
        "grade": report.score.grade,
        "total": len(report.findings),
        "urgent": sum(each.finding.severity in _URGENT for each in report.findings),
        "not_run": sum(result.has_no_result for result in report.results),
        "in_part": sum(result.left_something_out for result in report.results),
        "worst": [
            {
                "id": each.id,
                "severity": each.finding.severity.value,
                "title": printable(each.finding.title, 120),
                "place": place_of(each.finding),
            }
            for each in report.findings[:_WORST]
        ],
        "place": printable(place, 400),
        "page": page,
    }
